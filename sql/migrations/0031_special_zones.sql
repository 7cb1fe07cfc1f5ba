-- Special zones (đặc khu) came with the reform of 2025. A step of its own: PostgreSQL lets a new word be used only after it is kept.
alter type org_type add value 'Đặc khu' after 'Thị trấn';
