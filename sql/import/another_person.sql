-- Warning: a stored code gets another name and another birth date. Of two birth dates only as much is compared as both say.
select 'Đảng viên' as sheet, stage.row_no, 'Mã đảng viên' as column, stage.code as value,
    format('Mã %s đang là của %s, sinh %s; sổ ghi %s, sinh %s. Có thể là người khác dùng nhầm mã; nếu đúng là một người thì không cần sửa.',
        stage.code, trail.before ->> 'name', birth_text((trail.before ->> 'born')::date, trail.before ->> 'born_precision'), stage.name, birth_text(stage.born, stage.born_precision)) as message
from trail
join stage_member as stage on stage.code = trail.after ->> 'code'
    and stage.valid_from = coalesce(trail.after ->> 'valid_from', '-infinity')::date and not stage.remove and not stage.duplicate and not stage.faulty
cross join lateral (
    select case
        when 'year' in (trail.before ->> 'born_precision', stage.born_precision) then 'year'
        when 'month' in (trail.before ->> 'born_precision', stage.born_precision) then 'month'
        else 'day'
    end as precision
) as known
where trail.import_id = trail_import()
    and trail.table_name = 'member'
    and trail.before is not null
    and not same_name(trail.before ->> 'name', stage.name)
    and date_trunc(known.precision, (trail.before ->> 'born')::date) <> date_trunc(known.precision, stage.born)
