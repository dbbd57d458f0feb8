using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chunnel.TestKit;

/// <summary>
/// A PostgreSQL 15 of the test's own: on loopback and a free port, its data in a temporary folder that goes with it. It ends when the
/// test program does, however that ends: a shell beside it waits for the pipe to us to close.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string User = "chunnel";

    private const string Folder = "/usr/lib/postgresql/15/bin";
    private const string RunAs = "postgres";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim OneStart = new(1, 1);
    private static Task<PostgresServer>? _shared;
    private static int _databases;

    private readonly Process _watch;

    private PostgresServer(Process watch, int port) => (_watch, Port) = (watch, port);

    /// <summary>Null where this machine can run one; else what is missing.</summary>
    public static string? Missing => File.Exists($"{Folder}/initdb") ? null : "PostgreSQL 15 is not here (Debian: apt-get install postgresql-15).";

    /// <summary>The superuser's password: nobody else gets in, so that tests can be refused.</summary>
    public static string Password => "pw-of-the-tests";

    public int Port { get; }

    /// <summary>The server that all tests of a program share; each test takes a database of its own.</summary>
    public static async Task<PostgresServer> SharedAsync(CancellationToken stop)
    {
        await OneStart.WaitAsync(stop);
        try
        {
            return await (_shared ??= StartAsync(CancellationToken.None));
        }
        finally
        {
            OneStart.Release();
        }
    }

    /// <summary>Starts one with settings of its own on top of those for tests.</summary>
    public static async Task<PostgresServer> StartAsync(CancellationToken stop, params IReadOnlyList<string> settings)
    {
        if (Missing is { } missing) throw new InvalidOperationException(missing);
        var port = FreePort();
        string[] all =
        [
            "listen_addresses=127.0.0.1", $"port={port.ToString(CultureInfo.InvariantCulture)}", "unix_socket_directories=", "fsync=off", "full_page_writes=off", "synchronous_commit=off",
            "max_prepared_transactions=40", "wal_level=logical", "max_connections=120", "shared_buffers=128MB", "max_wal_size=4GB", "log_min_messages=fatal", .. settings,
        ];
        var options = string.Join(' ', all.Select(setting => $"-c '{setting}'"));
        // The shell keeps the server as long as our end of its standard input stands open, and clears up behind both.
        var script = $$"""
            data=$(mktemp -d /tmp/chunnel-pg-XXXXXX)
            echo '{{Password}}' > "$data/pw"
            {{Folder}}/initdb -D "$data/d" -U {{User}} --pwfile="$data/pw" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync >"$data/log" 2>&1 || cat "$data/log" >&2
            run() { {{Folder}}/postgres -D "$data/d" {{options}} >>"$data/log" 2>&1 & server=$!; }
            run
            # A line asks for a restart without a goodbye; a time-out answers above 128, the end of the pipe 1.
            while kill -0 $server 2>/dev/null; do
                read -t 1 order; answer=$?
                if [ $answer -eq 0 ]; then kill -QUIT $server; wait $server; run; elif [ $answer -le 128 ]; then break; fi
            done
            kill -QUIT $server 2>/dev/null && wait $server 2>/dev/null || cat "$data/log" >&2
            rm -rf "$data"
            """;
        string[] command = Environment.UserName == "root" ? ["setpriv", $"--reuid={RunAs}", $"--regid={RunAs}", "--clear-groups", "bash", "-c", script] : ["bash", "-c", script];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = "/tmp" };
        var watch = Process.Start(start)!;
        var server = new PostgresServer(watch, port);
        try
        {
            await server.WaitUntilReadyAsync(stop);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    /// <summary>A fresh database, by a name that no other test has.</summary>
    public async Task<PostgresDatabase> DatabaseAsync(CancellationToken stop, string? name = null)
    {
        name ??= $"t{Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture)}";
        await RunAsync("postgres", $"drop database if exists \"{name}\" with (force)", stop);
        await RunAsync("postgres", $"create database \"{name}\" template template0", stop);
        return new PostgresDatabase(this, name);
    }

    /// <summary>Runs SQL through psql; answers what it prints: rows with tabs between values, nothing else.</summary>
    public async Task<string> RunAsync(string database, string sql, CancellationToken stop, string separator = "\t")
    {
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-A", "-t", "-F", separator, "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-d", database, "-f", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = Password;
        start.Environment["PGCLIENTENCODING"] = "UTF8";
        start.Environment["PGOPTIONS"] = "-c client_min_messages=warning";
        using var psql = Process.Start(start)!;
        var output = psql.StandardOutput.ReadToEndAsync(stop);
        var errors = psql.StandardError.ReadToEndAsync(stop);
        await psql.StandardInput.WriteAsync(sql.AsMemory(), stop);
        psql.StandardInput.Close();
        await psql.WaitForExitAsync(stop);
        return psql.ExitCode == 0 ? await output : throw new InvalidOperationException($"psql: {await errors}\n{sql}");
    }

    /// <summary>
    /// Ends the server as <c>pg_ctl restart -m immediate</c> does, all connections with it, and starts it again; returns when it answers. Begin it with
    /// <c>synchronous_commit=on</c>: the servers of tests may forget in such a restart what they have just committed.
    /// </summary>
    public async Task RestartAsync(CancellationToken stop)
    {
        const string Started = "select pg_postmaster_start_time()";
        var before = await RunAsync("postgres", Started, stop);
        await _watch.StandardInput.WriteAsync("restart\n".AsMemory(), stop);
        await _watch.StandardInput.FlushAsync(stop);
        await WaitUntilAsync(async () => await RunAsync("postgres", Started, stop) != before, stop);
    }

    public async ValueTask DisposeAsync()
    {
        _watch.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        await _watch.WaitForExitAsync(limit.Token);
        _watch.Dispose();
    }

    private Task WaitUntilReadyAsync(CancellationToken stop) => WaitUntilAsync(async () =>
    {
        await RunAsync("postgres", "select 1", stop);
        return true;
    }, stop);

    private async Task WaitUntilAsync(Func<Task<bool>> answers, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        while (true)
        {
            if (_watch.HasExited) throw new InvalidOperationException($"PostgreSQL did not start: {await _watch.StandardError.ReadToEndAsync(stop)}");
            try
            {
                if (await answers()) return;
            }
            catch (InvalidOperationException)
            {
                // Not yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
