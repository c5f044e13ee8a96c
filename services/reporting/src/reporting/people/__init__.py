"""What is known of persons beside their steps: where they live, which groups they belong to, who is one with whom."""
