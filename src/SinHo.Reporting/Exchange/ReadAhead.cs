using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SinHo.Reporting.Exchange;

/// <summary>Reads a sequence on one core while what was read before is used on another.</summary>
internal static class ReadAhead
{
    private const int RowsOfBatch = 512;
    private const int MostBatches = 4;

    /// <summary>The elements in their order, some at a time; what reading throws is thrown to the reader of the batches.</summary>
    /// <remarks>Whoever leaves off early waits until the sequence has been left alone.</remarks>
    public static async IAsyncEnumerable<IReadOnlyList<T>> BatchesAsync<T>(IEnumerable<T> elements, [EnumeratorCancellation] CancellationToken cancel)
    {
        var batches = Channel.CreateBounded<List<T>>(new BoundedChannelOptions(MostBatches) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Run(() => ReadAsync(elements, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancel))
                yield return batch;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAsync<T>(IEnumerable<T> elements, ChannelWriter<List<T>> batches, CancellationToken stop)
    {
        Exception? fault = null;
        try
        {
            var batch = new List<T>(RowsOfBatch);
            foreach (var element in elements)
            {
                batch.Add(element);
                if (batch.Count < RowsOfBatch)
                    continue;
                await batches.WriteAsync(batch, stop);
                batch = new List<T>(RowsOfBatch);
            }
            await batches.WriteAsync(batch, stop);
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }
        batches.Complete(fault);
    }
}
