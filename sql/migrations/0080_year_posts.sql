-- Posts of the board's year. A step of its own: PostgreSQL lets a new word be used only after it is kept.
alter type post_name add value 'Chi ủy viên' after 'Phó bí thư chi bộ';
alter type post_name add value 'Người có uy tín' after 'Trưởng bản';
