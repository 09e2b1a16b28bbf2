UPDATE known_error SET audience = 'customer';
