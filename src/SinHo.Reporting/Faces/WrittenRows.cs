using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>Tells how many rows of all lists of a workbook have gone by.</summary>
internal sealed class WrittenRows(int total, IProgress<JobStep>? progress)
{
    private const int Every = 1_000;

    private int done;

    public IEnumerable<object?[]> Count(IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
        {
            if (done++ % Every == 0)
                progress?.Report(JobStep.Of("Ghi tệp", $"{Vietnamese.Number(total)} dòng danh sách", done, total));
            yield return row;
        }
    }
}
