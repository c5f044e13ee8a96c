"""What the project is compared with: peers and ceilings, each as plain as it can be."""
