namespace Chunnel.Engine;

/// <summary>Finds a place in SeaTunnel's settings, and says what of them is not served.</summary>
internal sealed class CheckpointStorageReader(IReadOnlyDictionary<string, string> config, ICollection<StorageSettingFault> faults)
{
    private const string HdfsNamespace = "/seatunnel/checkpoint/";
    private const string FileScheme = "file:";

    /// <summary>Keys that mean something to Hadoop alone.</summary>
    private static readonly string[] _ofHadoop = ["hdfs_site_path", "disable.cache", "kerberosPrincipal", "kerberosKeytabFilePath"];

    private static readonly string[] _known =
    [
        "namespace", "storage.type", "fs.defaultFS", "s3.bucket", "fs.s3a.access.key", "fs.s3a.secret.key", "fs.s3a.endpoint", "fs.s3a.endpoint.region",
        "fs.s3a.path.style.access", "fs.s3a.aws.credentials.provider", .. _ofHadoop,
    ];

    /// <summary>Keys that begin so belong to Hadoop, or to a store that is told as a whole that it is not served.</summary>
    private static readonly string[] _families = ["seatunnel.hadoop.", "oss.", "cos.", "fs.oss.", "fs.cosn."];

    public static bool Knows(string key) => _known.Contains(key) || Array.Exists(_families, family => key.StartsWith(family, StringComparison.Ordinal));

    public CheckpointStorage Read(string? type)
    {
        switch (type?.ToLowerInvariant())
        {
            case null or "localfile": return Local(new CheckpointStorage().Folder);
            case "hdfs": return ReadHdfs();
            default:
                faults.Add(new("type", $"Checkpoints cannot be stored by '{type}'.", "Write localfile, or hdfs with storage.type local or s3."));
                return new CheckpointStorage();
        }
    }

    private CheckpointStorage ReadHdfs()
    {
        var root = config.GetValueOrDefault("fs.defaultFS");
        // SeaTunnel's own file says storage.type hdfs and file:///: the disk of this machine.
        if (root?.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase) == true) return Local(HdfsNamespace);
        var kind = config.GetValueOrDefault("storage.type")?.ToLowerInvariant();
        switch (kind)
        {
            case null or "local" when root is null: return Local(HdfsNamespace);
            case "s3": return ReadS3();
            case "oss" or "cos":
                faults.Add(new("storage.type", $"{kind} is not served by its own protocol.", $"Its storage speaks S3 as well: storage.type: s3, with s3.bucket and fs.s3a.endpoint of the S3-compatible endpoint of {kind}."));
                return new CheckpointStorage();
            case null or "local" or "hdfs":
                faults.Add(new("fs.defaultFS", root is null ? "Checkpoints in HDFS are not served." : $"Checkpoints at '{root}' are not served: there is no client for HDFS.", "Write fs.defaultFS: file:/// for a disk, also one that several hosts share, or storage.type: s3."));
                return new CheckpointStorage();
            default:
                faults.Add(new("storage.type", $"There is no storage '{config["storage.type"]}'.", "Write local or s3."));
                return new CheckpointStorage();
        }
    }

    private CheckpointStorage Local(string otherwise)
    {
        var folder = config.GetValueOrDefault("namespace");
        if (string.IsNullOrWhiteSpace(folder)) folder = otherwise;
        if (folder.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase)) folder = Uri.TryCreate(folder, UriKind.Absolute, out var uri) ? uri.LocalPath : folder[FileScheme.Length..];
        return new CheckpointStorage { Folder = WithSlash(folder) };
    }

    private CheckpointStorage ReadS3()
    {
        var access = config.GetValueOrDefault("fs.s3a.access.key");
        var secret = config.GetValueOrDefault("fs.s3a.secret.key");
        if (access is null != secret is null)
        {
            faults.Add(new(access is null ? "fs.s3a.access.key" : "fs.s3a.secret.key", "Of the two keys one is missing.", "Give both, or neither to use what the environment gives."));
        }
        var bucket = BucketOf(config.GetValueOrDefault("s3.bucket"));
        var endpoint = EndpointOf(config.GetValueOrDefault("fs.s3a.endpoint"));
        return new CheckpointStorage
        {
            S3 = new S3Place
            {
                Bucket = bucket,
                Prefix = WithSlash(config.GetValueOrDefault("namespace") ?? HdfsNamespace).TrimStart('/'),
                Endpoint = endpoint,
                Region = config.GetValueOrDefault("fs.s3a.endpoint.region") ?? RegionOf(endpoint),
                AccessKey = access,
                SecretKey = secret,
                IsAnonymous = IsAnonymous(access, secret),
                // Amazon's own endpoints know a bucket by its host name; what is reached by an address does not.
                PathStyle = PathStyle() ?? (endpoint is not null && (endpoint.HostNameType != UriHostNameType.Dns || endpoint.IsLoopback)),
            },
        };
    }

    private string BucketOf(string? given)
    {
        if (Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri is { Scheme: "s3a" or "s3n" or "s3", Host.Length: > 0, AbsolutePath: "" or "/" }) return given!.Split('/')[2];
        faults.Add(new("s3.bucket", given is null ? "The bucket is missing." : $"'{given}' names no bucket.", "Write s3.bucket: s3a://name-of-the-bucket; folders in it belong into namespace."));
        return "";
    }

    private Uri? EndpointOf(string? given)
    {
        if (string.IsNullOrWhiteSpace(given)) return null;
        if (Uri.TryCreate(given.Contains("://", StringComparison.Ordinal) ? given : $"https://{given}", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
        faults.Add(new("fs.s3a.endpoint", $"'{given}' is no endpoint.", "Write a host, or a URL: https://s3.example.org:9000."));
        return null;
    }

    /// <summary>Amazon's host names hold their region: <c>s3.eu-west-1.amazonaws.com</c>.</summary>
    private static string RegionOf(Uri? endpoint) =>
        endpoint?.Host.Split('.') is ["s3", var region, "amazonaws", "com", ..] ? region : new S3Place { Bucket = "" }.Region;

    private bool IsAnonymous(string? access, string? secret)
    {
        var provider = config.GetValueOrDefault("fs.s3a.aws.credentials.provider")?.Split(',')[0].Trim().Split('.')[^1];
        switch (provider)
        {
            case null or "" or "InstanceProfileCredentialsProvider" or "EnvironmentVariableCredentialsProvider" or "DefaultAWSCredentialsProviderChain" or "DefaultCredentialsProvider" or "IAMInstanceCredentialsProvider":
                return false;
            case "AnonymousAWSCredentialsProvider":
                return true;
            case "SimpleAWSCredentialsProvider":
                if (access is null && secret is null) faults.Add(new("fs.s3a.access.key", "SimpleAWSCredentialsProvider takes two keys, and there are none.", "Write fs.s3a.access.key and fs.s3a.secret.key."));
                return false;
            default:
                faults.Add(new("fs.s3a.aws.credentials.provider", $"'{provider}' is not served.", "Leave it out: with two keys they are used, without them the environment and the machine's role."));
                return false;
        }
    }

    private bool? PathStyle()
    {
        if (config.GetValueOrDefault("fs.s3a.path.style.access") is not { } given) return null;
        if (bool.TryParse(given, out var value)) return value;
        faults.Add(new("fs.s3a.path.style.access", $"'{given}' is neither true nor false.", "Write true or false."));
        return null;
    }

    private static string WithSlash(string path) => path.EndsWith('/') || path.EndsWith('\\') ? path : path + "/";
}
