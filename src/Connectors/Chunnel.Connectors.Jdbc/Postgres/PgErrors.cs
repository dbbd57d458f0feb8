using System.Net.Sockets;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What the server and the driver say, as errors with a place, a cause and a cure.</summary>
internal static partial class PgErrors
{
    public static bool IsOfServer(Exception fault) => fault is NpgsqlException or SocketException or IOException or TimeoutException or ArgumentException;

    /// <summary>Another try may help: the connection is gone, the server restarts, two transactions were in each other's way.</summary>
    public static bool IsTransient(Exception fault) => fault switch
    {
        PostgresException { SqlState: "40001" or "40P01" or "53300" or "55P03" or "57P01" or "57P02" or "57P03" } => true,
        PostgresException => false,
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>
    /// What is wrong is wrong with a row: its data (22), a constraint (23), a view's check (44), a value too long for an index, or a trigger that
    /// will not have it. Another row may be taken.
    /// </summary>
    public static bool IsOfRow(PostgresException fault) => fault.SqlState is ['2', '2' or '3', ..] or ['4', '4', ..] or "54000" or "P0001";

    /// <summary>A connection could not be opened.</summary>
    public static ChunnelException Connecting(Exception fault, ConnectionSettings settings, string? database)
    {
        var where = $"{settings}{(database is null || database == settings.Url.Database ? "" : $" (database '{database}')")}";
        if (fault is PostgresException said)
        {
            var (code, mend) = said.SqlState switch
            {
                "28P01" or "28000" => (JdbcErrors.ConnectRefused, "Check 'user' and 'password', and whether pg_hba.conf lets this user in from here."),
                "3D000" => (JdbcErrors.ConnectRefused, "Create the database, or correct its name in 'url'."),
                "42501" => (JdbcErrors.ConnectRefused, "Grant CONNECT on the database to the user."),
                "53300" => (JdbcErrors.ConnectFailed, "Lower the job's parallelism, or raise max_connections: each reader and writer has one connection."),
                "57P03" => (JdbcErrors.ConnectFailed, "The server is starting or stopping: try again in a moment."),
                _ => (JdbcErrors.ConnectFailed, "Ask who runs the server."),
            };
            return new ChunnelException(code, $"{where}: {said.MessageText} ({said.SqlState})", fault) { Where = settings.Where, Mend = mend };
        }
        return new ChunnelException(JdbcErrors.ConnectFailed, $"{where}: {Innermost(fault)}", fault) { Where = settings.Where, Mend = "Is the server up, and do host and port in 'url' lead to it?" };
    }

    /// <summary>A question to the server failed.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="doing">What for, as in "reading table 'x'".</param>
    /// <param name="where">The option that it comes from.</param>
    public static ChunnelException Asking(Exception fault, string doing, TextPosition where)
    {
        var code = IsTransient(fault) ? JdbcErrors.SqlFailedNow : JdbcErrors.SqlFailed;
        return new ChunnelException(code, $"{doing}: {Said(fault)}", fault) { Where = where, Mend = MendOf(fault) };
    }

    /// <summary>The server's words, with detail, hint and place.</summary>
    public static string Said(Exception fault) => fault is PostgresException said ? Said(said, said.Where) : Innermost(fault);

    /// <summary>The server's words about one row: the line of the COPY that it was found with tells nobody anything.</summary>
    public static string SaidOfRow(PostgresException fault) => Said(fault, fault.Where is { } place ? LineOfCopy().Replace(place, "") : null);

    private static string Said(PostgresException said, string? place)
    {
        var text = $"{said.MessageText} ({said.SqlState})";
        if (said.Detail is { Length: > 0 } detail) text += $"; {detail}";
        if (said.Hint is { Length: > 0 } hint) text += $"; {hint}";
        if (place is { Length: > 0 }) text += $"; at {place}";
        return text.ReplaceLineEndings(" ");
    }

    public static string? MendOf(Exception fault) => fault is not PostgresException said
        ? "Is the server still up, and the network between?"
        : said.SqlState switch
        {
            "42P01" => "Create the table, or correct its name: names are case-sensitive, and schema and table are joined by a dot.",
            "3F000" => "Create the schema, or correct its name.",
            "42703" => "Correct the column's name: names are case-sensitive.",
            "42501" => "Grant the user the right that is missing.",
            "42601" => "Correct the SQL.",
            "22001" => "Widen the column, or shorten the value with a transform (SUBSTRING).",
            "22003" => "Widen the column, or filter the value out with a transform.",
            "23502" => "Fill the value with a transform (COALESCE), or drop NOT NULL.",
            "23505" => "Set 'primary_keys' with enable_upsert = true to replace rows that are there, or start with data_save_mode = \"DROP_DATA\".",
            "23503" => "Load the rows that it refers to first.",
            "42P10" => "Give the table a primary key or a unique constraint on exactly the columns of 'primary_keys', or set enable_upsert = false.",
            "53100" => "The server's disk is full.",
            "57014" => "The statement was cancelled or ran out of statement_timeout.",
            "40P01" or "40001" => "Two transactions were in each other's way: set max_retries, or lower the sink's parallelism.",
            _ => null,
        };

    [GeneratedRegex(@", line \d+")]
    private static partial Regex LineOfCopy();

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is { } inner) fault = inner;
        return fault.Message.ReplaceLineEndings(" ");
    }
}
