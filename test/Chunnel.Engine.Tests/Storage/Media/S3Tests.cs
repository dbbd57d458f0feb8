using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>One server that heeds conditional writes for all tests of S3; null where this machine cannot run one.</summary>
public sealed class S3OfTheTests : IAsyncLifetime
{
    internal S3Server? Server { get; private set; }

    private string? Missing { get; set; }

    public async ValueTask InitializeAsync()
    {
        Missing = await S3Server.MissingAsync(TestContext.Current.CancellationToken);
        if (Missing is null) Server = await S3Server.StartAsync(conditionalWrites: true, TestContext.Current.CancellationToken);
    }

    public S3Place Fresh()
    {
        if (Missing is { } missing && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return Server!.Fresh();
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await Server.DisposeAsync();
    }
}

public sealed class S3CheckpointsKeepTheContract(S3OfTheTests s3) : CheckpointStoreContract, IClassFixture<S3OfTheTests>
{
    private readonly S3Place _place = s3.Fresh();

    protected override IObjectMedium Open() => new S3Medium(_place);
}

public sealed class S3MediumKeepsTheContract(S3OfTheTests s3) : LogMediumContract, IClassFixture<S3OfTheTests>
{
    private readonly S3Place _place = s3.Fresh();

    protected override int Places => 10;

    protected override ILogMedium Open() => new S3Medium(_place);

    protected override ILogMedium OpenAnother() => new S3Medium(s3.Fresh());
}

public sealed class S3Tests(S3OfTheTests s3) : IClassFixture<S3OfTheTests>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_heeds_conditions_may_arbitrate()
    {
        await using var medium = new S3Medium(s3.Fresh());
        (await medium.ArbitratesAsync(Stop)).ShouldBeTrue();
        (await medium.ListAsync("", Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_lets_both_through_may_not()
    {
        _ = s3.Fresh();
        await using var server = await S3Server.StartAsync(conditionalWrites: false, Stop);
        await using var medium = new S3Medium(server.Fresh());
        (await medium.ArbitratesAsync(Stop)).ShouldBeFalse();
        (await medium.ListAsync("", Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_and_keys_that_are_wrong_are_told_without_the_keys()
    {
        const string Secret = "very-secret";
        foreach (var place in (S3Place[])[s3.Fresh() with { Bucket = "nobody-has-this" }, s3.Fresh() with { AccessKey = "nobody", SecretKey = Secret }])
        {
            await using var medium = new S3Medium(place);
            var faults = new List<StorageException>
            {
                await Should.ThrowAsync<StorageException>(() => medium.PutIfAbsentAsync("a", new byte[1], Stop).AsTask()),
                await Should.ThrowAsync<StorageException>(() => medium.GetAsync("a", Stop).AsTask()),
                await Should.ThrowAsync<StorageException>(() => medium.ListAsync("a", Stop).AsTask()),
            };
            faults.ShouldAllBe(fault => !fault.ToString().Contains(Secret) && fault.Message.Contains("s3://") && fault.Message.Contains("Look at the bucket"));
            faults.ShouldAllBe(fault => !(fault is OutcomeUnknownException));
            place.ToString().ShouldNotContain(Secret);
        }
    }

    [Fact]
    public async Task A_store_that_does_not_answer_leaves_a_write_unknown()
    {
        var place = new S3Place { Bucket = "chunnel", Endpoint = new Uri("http://127.0.0.1:1"), AccessKey = "a", SecretKey = "b", PathStyle = true };
        await using var medium = new S3Medium(place);
        await Should.ThrowAsync<OutcomeUnknownException>(() => medium.PutIfAbsentAsync("a", new byte[1], Stop).AsTask());
        await Should.ThrowAsync<StorageException>(() => medium.GetAsync("a", Stop).AsTask());
    }
}
