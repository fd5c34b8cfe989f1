print("cup")
