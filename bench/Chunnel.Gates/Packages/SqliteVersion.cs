using Microsoft.Data.Sqlite;

namespace Chunnel.Gates.Packages;

/// <summary>packages.md 11.3 item 13.</summary>
internal sealed class SqliteVersion : Gate
{
    public override string Name => "sqlite";

    public override string Question => "Does Microsoft.Data.Sqlite run on the SQLite of the pinned bundle (3.50.2 or later), and keep a write-ahead log?";

    public override void Run(Report report)
    {
        var file = Path.Combine(Path.GetTempPath(), $"chunnel-gate-{Environment.ProcessId}.db");
        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            var version = Value(connection, "select sqlite_version()");
            report.Row("select sqlite_version()", $"{version}");
            report.Must("at least 3.50.2 (CVE-2025-6965 is mended there)", Version.Parse(version) >= new Version(3, 50, 2));
            report.Row("pragma journal_mode = wal", $"{Value(connection, "pragma journal_mode = wal")}");
            Value(connection, "pragma synchronous = full");
            report.Row("pragma synchronous", $"{Value(connection, "pragma synchronous")} (2 is FULL)");
            Value(connection, "create table log (id integer primary key, record blob)");
            var commits = 0;
            var seconds = Clock.Best(1, () =>
            {
                for (; commits < 200; commits++)
                {
                    Value(connection, "insert into log (record) values (zeroblob(300))");
                }
            });
            report.Row("durable commits of 300 bytes, one at a time", $"{commits / seconds:F0} a second");
        }
        finally
        {
            foreach (var leftover in (string[])[file, file + "-wal", file + "-shm"])
            {
                File.Delete(leftover);
            }
        }
    }

    private static string Value(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
