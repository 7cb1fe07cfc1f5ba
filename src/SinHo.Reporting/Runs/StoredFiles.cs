using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Runs;

/// <summary>A file kept in the database, whole and unchangeable; its bytes are asked for apart.</summary>
public sealed record StoredFile
{
    public required Guid FileId { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>64 digits, lower case.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset StoredAt { get; init; }
}

/// <summary>Files that were made or handed in. Nothing is held in memory but a buffer.</summary>
public sealed class StoredFiles(NpgsqlDataSource database)
{
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public const string Csv = "text/csv; charset=utf-8";

    internal const string Columns = "file_id as FileId, name as Name, media_type as MediaType, size as Size, sha256 as Sha256, stored_at as StoredAt";

    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public async Task<StoredFile> GetAsync(Guid id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ?? throw new KeyNotFoundException($"No stored file {id}.");

    public async Task<StoredFile?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<StoredFile>(
            new CommandDefinition($"select {Columns} from stored_file where file_id = @id", new { id }, cancellationToken: cancel));
    }

    /// <param name="bytes">A stream that can be read twice: for its hash, then for its bytes.</param>
    public async Task<StoredFile> AddAsync(string name, string mediaType, Stream bytes, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await AddAsync(connection, null, name, mediaType, bytes, cancel);
    }

    /// <summary>Writes the bytes of a file to a stream, however slowly it takes them: no session of the database waits for it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public async Task CopyToAsync(Guid id, Stream to, CancellationToken cancel)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var near = new FileStream(Path.Combine(Path.GetTempPath(), $"sinho-file-{Guid.NewGuid():N}"), options);
        await FetchAsync(id, near, cancel);
        near.Position = 0;
        await near.CopyToAsync(to, cancel);
    }

    private async Task FetchAsync(Guid id, Stream to, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        await using var command = new NpgsqlCommand("select bytes from stored_file where file_id = $1", connection) { Parameters = { new() { Value = id } } };
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancel);
        if (!await reader.ReadAsync(cancel))
            throw new KeyNotFoundException($"No stored file {id}.");
        await using var bytes = await reader.GetStreamAsync(0, cancel);
        await bytes.CopyToAsync(to, cancel);
    }

    internal static async Task<StoredFile> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction? within, string name, string mediaType, Stream bytes, CancellationToken cancel)
    {
        bytes.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancel));
        var size = bytes.Length;
        bytes.Position = 0;
        await using var command = new NpgsqlCommand(
            "insert into stored_file (name, media_type, size, sha256, bytes) values ($1, $2, $3, $4, $5) returning file_id, stored_at", connection, within)
        {
            Parameters =
            {
                new() { Value = name },
                new() { Value = mediaType },
                new() { Value = size },
                new() { Value = sha256 },
                new() { Value = bytes, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new()
        {
            FileId = reader.GetGuid(0),
            Name = name,
            MediaType = mediaType,
            Size = size,
            Sha256 = sha256,
            StoredAt = await reader.GetFieldValueAsync<DateTimeOffset>(1, cancel),
        };
    }
}
