using System.Diagnostics;
using System.Globalization;
using Chunnel.Engine;

namespace Chunnel.TestKit;

/// <summary>
/// An S3 of the test's own: npm's s3rver on loopback and a free port, its data in a temporary folder that goes with it. It ends when the test
/// program does, because its standard input closes. The package is fetched once and kept in the temporary folder.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private const string Package = "s3rver@3.7.1";
    private const string Bucket = "chunnel";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly SemaphoreSlim OneStart = new(1, 1);

    // s3rver overwrites whatever If-None-Match says; Amazon does not: here one write of a key waits for the other and is refused. It shows what is
    // half written, where Amazon shows all or nothing: here a read waits for a write of its key. Nor does it know a source of a copy whose slashes
    // are encoded, as Amazon's own library sends it.
    private const string Script = """
        const [conditional, dir] = process.argv.slice(1);
        const S3rver = require('s3rver');
        const objects = require('s3rver/lib/controllers/object');
        const copy = objects.putObjectCopy;
        objects.putObjectCopy = context => {
          context.headers['x-amz-copy-source'] = decodeURIComponent(context.headers['x-amz-copy-source']);
          return copy(context);
        };
        const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: dir, configureBuckets: [{ name: 'chunnel' }], vhostBuckets: false });
        const handle = server.callback();
        const writing = new Map();
        const http = require('http').createServer(async (request, response) => {
          const path = request.url.split('?')[0];
          if (request.method === 'GET') await writing.get(path);
          if (conditional !== 'true' || request.method !== 'PUT' || request.headers['if-none-match'] !== '*') return handle(request, response);
          const before = writing.get(path);
          let done;
          const mine = new Promise(resolve => done = resolve);
          writing.set(path, mine);
          response.on('close', () => { if (writing.get(path) === mine) writing.delete(path); done(); });
          await before;
          const [, bucket, ...key] = decodeURIComponent(path).split('/');
          if (await server.store.existsObject(bucket, key.join('/'))) {
            request.resume();
            response.writeHead(412, { 'Content-Type': 'application/xml' });
            return response.end('<?xml version="1.0"?><Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message></Error>');
          }
          handle(request, response);
        });
        server.configureBuckets().then(() => http.listen(0, '127.0.0.1', () => console.log('port ' + http.address().port)));
        process.stdin.on('end', () => process.exit(0)).resume();
        """;

    private readonly Process _process;
    private readonly string _data;
    private readonly int _port;
    private int _places;

    private S3Server(Process process, string data, int port) => (_process, _data, _port) = (process, data, port);

    /// <summary>Null where this machine can run one; else what is missing. The first call fetches the package.</summary>
    public static async Task<string?> MissingAsync(CancellationToken stop)
    {
        try
        {
            await InstallAsync(stop);
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"npm's {Package} is not to be had here: {fault.Message}";
        }
    }

    /// <param name="conditionalWrites">Whether it heeds <c>If-None-Match</c>, as Amazon's does.</param>
    /// <param name="stop">Ends the starting.</param>
    public static async Task<S3Server> StartAsync(bool conditionalWrites, CancellationToken stop)
    {
        var folder = await InstallAsync(stop);
        var data = Directory.CreateTempSubdirectory("chunnel-s3-").FullName;
        // Its tokens of long listings are DES, which OpenSSL keeps aside.
        var start = new ProcessStartInfo("node", ["--openssl-legacy-provider", "-e", Script, conditionalWrites ? "true" : "false", data])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Split(' ') is not ["port", var port]) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new S3Server(process, data, int.Parse(port, CultureInfo.InvariantCulture));
        }
        throw new InvalidOperationException($"s3rver did not start: {await errors}");
    }

    /// <summary>A place in it that nobody has used.</summary>
    public S3Place Fresh() => new()
    {
        Bucket = Bucket,
        Prefix = $"place-{Interlocked.Increment(ref _places).ToString(CultureInfo.InvariantCulture)}/",
        Endpoint = new Uri($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}"),
        // The only keys that s3rver knows.
        AccessKey = "S3RVER",
        SecretKey = "S3RVER",
        PathStyle = true,
    };

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<string> InstallAsync(CancellationToken stop)
    {
        var folder = Path.Combine(Path.GetTempPath(), "chunnel-npm", Package);
        await OneStart.WaitAsync(stop);
        try
        {
            if (Directory.Exists(folder)) return folder;
            // Aside and moved: of several test programs at a time the first one's stays.
            var aside = Directory.CreateTempSubdirectory("chunnel-npm-").FullName;
            var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", aside, Package]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var npm = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Limit);
            _ = npm.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = await npm.StandardError.ReadToEndAsync(limit.Token);
            await npm.WaitForExitAsync(limit.Token);
            if (npm.ExitCode != 0) throw new InvalidOperationException(errors.Trim());
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            try
            {
                Directory.Move(aside, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                Directory.Delete(aside, recursive: true);
            }
            return folder;
        }
        finally
        {
            OneStart.Release();
        }
    }
}
