namespace Chunnel.Engine.Tests.Storage;

/// <summary>SeaTunnel's settings find their store (engine.md 6.7, 12; checklist 174).</summary>
public sealed class CheckpointStorageTests
{
    [Theory]
    [InlineData(null, "", "/tmp/seatunnel/checkpoint/")]
    [InlineData("localfile", "", "/tmp/seatunnel/checkpoint/")]
    [InlineData("LocalFile", "namespace=/data/ck", "/data/ck/")]
    [InlineData("localfile", "namespace=file:///data/ck", "/data/ck/")]
    [InlineData("hdfs", "", "/seatunnel/checkpoint/")]
    [InlineData("hdfs", "storage.type=local;namespace=/data/", "/data/")]
    [InlineData("hdfs", "namespace=/tmp/seatunnel/checkpoint_snapshot;storage.type=hdfs;fs.defaultFS=file:///tmp/", "/tmp/seatunnel/checkpoint_snapshot/")]
    [InlineData("hdfs", "fs.defaultFS=file:///;kerberosPrincipal=x;kerberosKeytabFilePath=y;seatunnel.hadoop.dfs.replication=3;hdfs_site_path=z;disable.cache=true", "/seatunnel/checkpoint/")]
    public void A_disk(string? type, string config, string folder)
    {
        var (storage, faults) = Read(type, config);
        faults.ShouldBeEmpty();
        storage.S3.ShouldBeNull();
        storage.Folder.ShouldBe(folder);
    }

    [Fact]
    public void A_bucket()
    {
        var (storage, faults) = Read("hdfs", "storage.type=s3;namespace=/seatunnel/ck/;s3.bucket=s3a://my_bucket;fs.s3a.access.key=AK;fs.s3a.secret.key=SK;fs.s3a.endpoint=s3.cn-north-1.amazonaws.com.cn;fs.s3a.aws.credentials.provider=org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        faults.ShouldBeEmpty();
        storage.S3.ShouldBe(new S3Place
        {
            Bucket = "my_bucket",
            Prefix = "seatunnel/ck/",
            Endpoint = new Uri("https://s3.cn-north-1.amazonaws.com.cn"),
            Region = "cn-north-1",
            AccessKey = "AK",
            SecretKey = "SK",
        });
        storage.ToString().ShouldNotContain("SK");
    }

    [Theory]
    [InlineData("fs.s3a.endpoint=http://10.0.0.1:9000", true)]
    [InlineData("fs.s3a.endpoint=http://localhost:9000", true)]
    [InlineData("fs.s3a.endpoint=https://s3.example.org", false)]
    [InlineData("fs.s3a.endpoint=https://s3.example.org;fs.s3a.path.style.access=true", true)]
    [InlineData("fs.s3a.endpoint=http://10.0.0.1:9000;fs.s3a.path.style.access=false", false)]
    public void A_bucket_in_the_path_or_in_the_name(string config, bool pathStyle)
    {
        var (storage, faults) = Read("hdfs", "storage.type=s3;s3.bucket=s3n://b;" + config);
        faults.ShouldBeEmpty();
        storage.S3!.PathStyle.ShouldBe(pathStyle);
        storage.S3.Prefix.ShouldBe("seatunnel/checkpoint/");
    }

    [Theory]
    [InlineData("com.amazonaws.auth.InstanceProfileCredentialsProvider", false)]
    [InlineData("org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider", true)]
    public void Who_asks_without_keys(string provider, bool anonymous)
    {
        var (storage, faults) = Read("hdfs", $"storage.type=s3;s3.bucket=s3a://b;fs.s3a.aws.credentials.provider={provider}");
        faults.ShouldBeEmpty();
        storage.S3!.IsAnonymous.ShouldBe(anonymous);
    }

    [Theory]
    [InlineData("rocksdb", "", "type: Checkpoints cannot be stored by 'rocksdb'. Write localfile, or hdfs with storage.type local or s3.")]
    [InlineData("hdfs", "fs.defaultFS=hdfs://name:9000", "fs.defaultFS: Checkpoints at 'hdfs://name:9000' are not served: there is no client for HDFS. Write fs.defaultFS: file:/// for a disk, also one that several hosts share, or storage.type: s3.")]
    [InlineData("hdfs", "storage.type=hdfs", "fs.defaultFS: Checkpoints in HDFS are not served. Write fs.defaultFS: file:/// for a disk, also one that several hosts share, or storage.type: s3.")]
    [InlineData("hdfs", "storage.type=oss;oss.bucket=oss://b;fs.oss.accessKeyId=a", "storage.type: oss is not served by its own protocol. Its storage speaks S3 as well: storage.type: s3, with s3.bucket and fs.s3a.endpoint of the S3-compatible endpoint of oss.")]
    [InlineData("hdfs", "storage.type=floppy", "storage.type: There is no storage 'floppy'. Write local or s3.")]
    [InlineData("hdfs", "storage.type=s3", "s3.bucket: The bucket is missing. Write s3.bucket: s3a://name-of-the-bucket; folders in it belong into namespace.")]
    [InlineData("hdfs", "storage.type=s3;s3.bucket=s3a://b/folder", "s3.bucket: 's3a://b/folder' names no bucket. Write s3.bucket: s3a://name-of-the-bucket; folders in it belong into namespace.")]
    [InlineData("hdfs", "storage.type=s3;s3.bucket=s3a://b;fs.s3a.access.key=a", "fs.s3a.secret.key: Of the two keys one is missing. Give both, or neither to use what the environment gives.")]
    [InlineData("hdfs", "storage.type=s3;s3.bucket=s3a://b;fs.s3a.endpoint=ftp://x", "fs.s3a.endpoint: 'ftp://x' is no endpoint. Write a host, or a URL: https://s3.example.org:9000.")]
    [InlineData("hdfs", "storage.type=s3;s3.bucket=s3a://b;fs.s3a.aws.credentials.provider=org.example.Mine", "fs.s3a.aws.credentials.provider: 'Mine' is not served. Leave it out: with two keys they are used, without them the environment and the machine's role.")]
    [InlineData("hdfs", "storage.type=s3;s3.bucket=s3a://b;fs.s3a.path.style.access=yes", "fs.s3a.path.style.access: 'yes' is neither true nor false. Write true or false.")]
    public void What_is_not_served_is_refused_with_its_cure(string type, string config, string told)
    {
        var (_, faults) = Read(type, config);
        faults.Select(fault => $"{fault.Key}: {fault.What} {fault.Mend}").ShouldBe([told]);
    }

    [Fact]
    public void All_mistakes_come_at_once()
    {
        var (_, faults) = Read("hdfs", "storage.type=s3;fs.s3a.access.key=a;fs.s3a.endpoint=ftp://x");
        faults.Select(fault => fault.Key).ShouldBe(["fs.s3a.secret.key", "s3.bucket", "fs.s3a.endpoint"]);
    }

    [Theory]
    [InlineData("namespace", true)]
    [InlineData("fs.s3a.secret.key", true)]
    [InlineData("seatunnel.hadoop.dfs.replication", true)]
    [InlineData("namespaze", false)]
    public void Keys_that_it_knows(string key, bool known) => CheckpointStorage.Knows(key).ShouldBe(known);

    private static (CheckpointStorage Storage, List<StorageSettingFault> Faults) Read(string? type, string config)
    {
        var faults = new List<StorageSettingFault>();
        var pairs = config.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return (CheckpointStorage.Read(type, pairs, faults), faults);
    }
}
