-- Warning: over 60 full years at the ceremony.
select 'Kết nạp' as sheet, stage.row_no, 'Ngày kết nạp' as column, day_text(admission.date) as value,
    format('Đảng viên %s đã %s tuổi khi kết nạp; trên 60 tuổi cần ý kiến của cấp có thẩm quyền.',
        member.code, completed_years(member.born, admission.date)) as message
from stage_admission as stage
join admission on admission.member = stage.member and admission.date = stage.date
join member on member.code = admission.member and member.held_until = 'infinity'
where not stage.remove and not stage.duplicate and not stage.faulty and completed_years(member.born, admission.date) > 60
