using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>The term reports 2015-2020 of the Sìn Hồ sample, made once for a class of tests.</summary>
public sealed class SampleReports(TestCluster cluster) : IAsyncLifetime
{
    public static Definitions Definitions { get; } = CatalogReader.Read(AppContext.BaseDirectory);

    public NpgsqlDataSource Database { get; private set; } = null!;

    public Report District { get; private set; } = null!;

    public Report PaTan { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        District = await TermAsync("SH");
        PaTan = await TermAsync("SH.X03");
    }

    public ValueTask DisposeAsync()
    {
        District.Dispose();
        PaTan.Dispose();
        return Database.DisposeAsync();
    }

    private Task<Report> TermAsync(string unit)
    {
        var term = new Period(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020");
        var request = new ReportRequest("term", unit, term, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true);
        return new ReportBuilder(Database, Definitions).BuildAsync(request, progress: null, CancellationToken.None);
    }
}
