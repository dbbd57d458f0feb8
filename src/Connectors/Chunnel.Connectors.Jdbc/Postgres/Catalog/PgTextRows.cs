using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Asks for few rows, all of text. They come by COPY: to read them the usual way, the driver would first load what it knows of types, which takes longer
/// than to ask (docs/adr/0116).
/// </summary>
internal static class PgTextRows
{
    /// <param name="connection">Whom to ask.</param>
    /// <param name="query">A query whose columns are all of type text. It has no parameters: see <see cref="PgText.Literal"/>.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="NpgsqlException">The server refuses, or is gone.</exception>
    public static async ValueTask<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(NpgsqlConnection connection, string query, CancellationToken stop)
    {
        using var answer = new MemoryStream();
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", stop)) await copy.CopyToAsync(answer, stop);
        return Read(answer.GetBuffer().AsSpan(0, (int)answer.Length)[PgTuples.HeaderBytes..]);
    }

    /// <summary>Reads rows behind the header: a count of fields, each with its length, -1 for null; a count of -1 is the end.</summary>
    private static List<IReadOnlyList<string?>> Read(ReadOnlySpan<byte> from)
    {
        var rows = new List<IReadOnlyList<string?>>();
        while (BinaryPrimitives.ReadInt16BigEndian(Take(ref from, sizeof(short))) is >= 0 and var fields)
        {
            var row = new string?[fields];
            for (var i = 0; i < fields; i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(Take(ref from, sizeof(int)));
                row[i] = length < 0 ? null : Encoding.UTF8.GetString(Take(ref from, length));
            }
            rows.Add(row);
        }
        return rows;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int bytes)
    {
        var taken = from[..bytes];
        from = from[bytes..];
        return taken;
    }
}
