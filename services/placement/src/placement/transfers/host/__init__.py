"""The side that receives: accepted with a seat, or rejected; arrived or not; at work, or returned."""
