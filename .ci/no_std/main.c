int host(void);

int main(void) { return host(); }
