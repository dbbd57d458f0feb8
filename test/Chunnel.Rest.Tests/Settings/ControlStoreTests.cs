using System.Net;
using System.Net.Sockets;
using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;
using Chunnel.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Rest.Tests;

/// <summary>Where a node's control log may lie (architecture 3.5, design cluster.md 4.3). S3 is npm's s3rver.</summary>
public sealed class ControlStoreTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-control-").FullName;
    private S3Server? _s3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private StorageSettings Local => new() { CheckpointFolder = Path.Combine(_folder, "checkpoints") };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_s3 is not null) await _s3.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(ControlStoreKind.Auto, "seatunnel.db")]
    [InlineData(ControlStoreKind.Sqlite, "seatunnel.db")]
    [InlineData(ControlStoreKind.Folder, "seatunnel")]
    public async Task What_a_node_decided_outlives_it_on_a_disk(ControlStoreKind kind, string name)
    {
        var storage = Local with { ControlStore = kind };
        await ComesBackAsync(storage);
        Path.Exists(Path.Combine(storage.CheckpointFolder, ".control", name)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ControlStoreKind.Auto)]
    [InlineData(ControlStoreKind.S3)]
    public async Task And_in_a_bucket_that_arbitrates(ControlStoreKind kind)
    {
        var place = await BucketAsync(arbitrates: true);
        await ComesBackAsync(Local with { CheckpointBucket = place, ControlStore = kind });
        await using var bucket = new S3Medium(place);
        (await bucket.ListAsync(".control/seatunnel/open/", Stop)).ShouldNotBeEmpty();
        Directory.Exists(Local.CheckpointFolder).ShouldBeFalse("nothing is to lie on the disk");
    }

    [Fact]
    public async Task Memory_forgets()
    {
        var storage = Local with { ControlStore = ControlStoreKind.Memory };
        string id;
        await using (var node = await StartAsync(storage)) id = await FinishOneAsync(node);
        await using var again = await StartAsync(storage);
        (await again.GetAsync("/finished-jobs")).Body.ShouldNotContain(id);
    }

    [Theory]
    [InlineData(ControlStoreKind.Sqlite)]
    [InlineData(ControlStoreKind.Folder)]
    public async Task A_second_node_does_not_start_on_a_place_that_is_held(ControlStoreKind kind)
    {
        await using var first = await StartAsync(Local with { ControlStore = kind });
        var refused = await Should.ThrowAsync<ChunnelException>(() => StartAsync(Local with { ControlStore = kind }));
        refused.Code.ShouldBe(ServerErrors.StorageTaken);
        refused.Mend!.ShouldContain("control-store.url");
    }

    [Fact]
    public async Task In_a_bucket_the_second_takes_over_and_the_first_stops()
    {
        var storage = Local with { CheckpointBucket = await BucketAsync(arbitrates: true) };
        await using var first = await StartAsync(storage);
        await using var second = await StartAsync(storage);
        await first.PostAsync("/submit-job", Jobs.Short);
        (await Should.ThrowAsync<ChunnelException>(first.ItsEndAsync)).Code.ShouldBe(ServerErrors.LogLost);
        await FinishOneAsync(second);
    }

    [Fact]
    public async Task A_bucket_that_lets_both_through_holds_no_log()
    {
        var storage = Local with { CheckpointBucket = await BucketAsync(arbitrates: false) };
        var refused = await Should.ThrowAsync<ChunnelException>(() => StartAsync(storage with { ControlStore = ControlStoreKind.S3 }));
        refused.Code.ShouldBe(ServerErrors.StorageTaken);
        refused.Mend!.ShouldContain("control-store.type");

        // Nobody asked for it there: it lies on this machine, and the log says so.
        await ComesBackAsync(storage, node => File.ReadAllText(Path.Combine(node.LogsFolder, "seatunnel-engine-server.log")).ShouldContain("lets both of two writers of one key through"));
        File.Exists(Path.Combine(storage.CheckpointFolder, ".control", "seatunnel.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told_at_the_start()
    {
        var storage = Local with { CheckpointBucket = await BucketAsync(arbitrates: true) with { Bucket = "nowhere" }, ControlStore = ControlStoreKind.Sqlite };
        var refused = await Should.ThrowAsync<ChunnelException>(() => StartAsync(storage));
        refused.Code.ShouldBe(StorageErrors.OutOfReach);
        refused.Message.ShouldContain("s3://nowhere/");
    }

    [Fact]
    public async Task A_bucket_that_says_nothing_holds_up_no_start()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var place = new S3Place { Bucket = "b", Endpoint = new Uri($"http://{silent.LocalEndpoint}"), AccessKey = "a", SecretKey = "s", PathStyle = true };
        var clock = new OneAlarm();
        var opening = NodeStorage.OpenAsync(Local with { CheckpointBucket = place }, "seatunnel", new ShadeSet([]), NullLogger.Instance, clock, Stop);
        using var asked = await silent.AcceptSocketAsync(Stop);
        clock.Ring();
        var refused = await Should.ThrowAsync<StorageException>(opening.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        refused.Message.ShouldContain("s3://b/ does not answer");
        refused.Mend!.ShouldContain("fs.s3a.endpoint");
    }

    [Theory]
    [InlineData("type: s3", "checkpoint.storage")]
    [InlineData("{ type: memory, url: /somewhere }", "Leave url out")]
    [InlineData("type: zookeeper", "folder")]
    public void What_cannot_be_is_refused_with_its_cure(string store, string cure)
    {
        File.WriteAllText(Path.Combine(_folder, "seatunnel.yaml"), $"seatunnel:\n  engine:\n    control-store: {(store.StartsWith('{') ? store : $"{{ {store} }}")}\n");
        File.WriteAllText(Path.Combine(_folder, "hazelcast.yaml"), "hazelcast: {}");
        Should.Throw<ProblemsException>(() => NodeSettings.Load(_folder, null, _ => null)).Message.ShouldContain(cure);
    }

    /// <summary>A clock whose first alarm rings when the test says so.</summary>
    private sealed class OneAlarm : TimeProvider
    {
        private Action? _ring;

        public void Ring() => _ring!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ring ??= () => callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static async Task ComesBackAsync(StorageSettings storage, Action<NodeUnderTest>? look = null)
    {
        string id;
        await using (var node = await StartAsync(storage))
        {
            id = await FinishOneAsync(node);
            look?.Invoke(node);
        }
        await using var again = await StartAsync(storage);
        (await again.GetAsync($"/job-info/{id}")).Json.GetProperty("jobStatus").GetString().ShouldBe("FINISHED");
    }

    private static Task<NodeUnderTest> StartAsync(StorageSettings storage) => NodeUnderTest.StartAsync(settings => settings with { Storage = storage });

    private static async Task<string> FinishOneAsync(NodeUnderTest node)
    {
        var id = await node.SubmitAsync(Jobs.Short);
        await node.WaitAsync(id, "FINISHED");
        return id;
    }

    private async Task<S3Place> BucketAsync(bool arbitrates)
    {
        var missing = await S3Server.MissingAsync(Stop);
        if (missing is not null && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.SkipWhen(missing is not null, missing ?? "");
        _s3 = await S3Server.StartAsync(arbitrates, Stop);
        return _s3.Fresh();
    }
}
