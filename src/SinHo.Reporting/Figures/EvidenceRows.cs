using System.Text;

namespace SinHo.Reporting.Figures;

/// <summary>Rows collected while they are read from the database: the first 5,000 stay in memory, the others go to a temporary file of this user's own.</summary>
public sealed class EvidenceRows : IEvidenceRows
{
    private const int KeptInMemory = 5_000;

    private readonly List<object?[]> kept = [];
    private FileStream? spool;
    private BinaryWriter? writer;
    private bool disposed;

    public int Count { get; private set; }

    public static EvidenceRows Collect(IEnumerable<object?[]> rows)
    {
        var collected = new EvidenceRows();
        foreach (var row in rows)
            collected.Add(row);
        return collected;
    }

    /// <summary>Adds one row; call it for each row of a data reader. Values are string, DateOnly, int, bool or null.</summary>
    /// <exception cref="IOException">The disk of the temporary folder is full.</exception>
    public void Add(object?[] row)
    {
        if (kept.Count < KeptInMemory)
            kept.Add(row);
        else
            Spool(row);
        Count++;
    }

    /// <exception cref="ObjectDisposedException">The rows were dropped.</exception>
    public IEnumerable<object?[]> Read()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        foreach (var row in kept)
            yield return row;
        if (spool is null)
            yield break;

        writer!.Flush();
        using var file = new FileStream(spool.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new BinaryReader(file, Encoding.UTF8);
        for (var left = Count - kept.Count; left > 0; left--)
        {
            var row = new object?[reader.Read7BitEncodedInt()];
            for (var column = 0; column < row.Length; column++)
                row[column] = ReadValue(reader);
            yield return row;
        }
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        writer?.Dispose();
        spool?.Dispose();
    }

    private void Spool(object?[] row)
    {
        if (writer is null)
        {
            spool = Open();
            writer = new BinaryWriter(spool, Encoding.UTF8, leaveOpen: true);
        }

        writer.Write7BitEncodedInt(row.Length);
        foreach (var value in row)
            WriteValue(writer, value);
    }

    private static FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"sinho-{Guid.NewGuid():N}.rows"), options);
    }

    private static void WriteValue(BinaryWriter to, object? value)
    {
        switch (value)
        {
            case null:
                to.Write('-');
                break;
            case string text:
                to.Write('s');
                to.Write(text);
                break;
            case DateOnly day:
                to.Write('d');
                to.Write(day.DayNumber);
                break;
            case int number:
                to.Write('i');
                to.Write(number);
                break;
            case bool yes:
                to.Write('b');
                to.Write(yes);
                break;
            default:
                throw new InvalidOperationException($"Evidence cannot hold {value.GetType().Name}.");
        }
    }

    private static object? ReadValue(BinaryReader from) => from.ReadChar() switch
    {
        's' => from.ReadString(),
        'd' => DateOnly.FromDayNumber(from.ReadInt32()),
        'i' => from.ReadInt32(),
        'b' => from.ReadBoolean(),
        _ => null,
    };
}
