using System.Text;
using Chunnel.Engine;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>
/// What every medium of a control log keeps: inherit it, say how the medium is opened; xunit runs the rest. <see cref="Open"/> is called
/// several times in one test, as several nodes would: each call leads to the same store, and each test has a store of its own.
/// </summary>
public abstract class LogMediumContract
{
    private const int Nodes = 8;

    /// <summary>Whether what was written is there when everyone has closed the medium and somebody opens it again.</summary>
    protected virtual bool OutlivesItsNodes => true;

    /// <summary>How many places the nodes fight for.</summary>
    protected virtual int Places => 40;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One more node's way to the store of this test.</summary>
    protected abstract ILogMedium Open();

    /// <summary>A way to another store.</summary>
    protected abstract ILogMedium OpenAnother();

    [Fact]
    public async Task What_was_put_is_there()
    {
        await using var medium = Open();
        Assert.Null(await medium.GetAsync("seg/1/1", Stop));
        Assert.Equal(PutOutcome.Won, await PutAsync(medium, "seg/1/1", "first"));
        Assert.Equal("first", await ReadAsync(medium, "seg/1/1"));
        Assert.NotEmpty(medium.Place);
    }

    [Fact]
    public async Task The_second_one_loses_and_changes_nothing()
    {
        await using var medium = Open();
        await using var rival = Open();
        Assert.Equal(PutOutcome.Won, await PutAsync(medium, "seg/1/1", "first"));
        Assert.Equal(PutOutcome.Taken, await PutAsync(rival, "seg/1/1", "second and longer"));
        Assert.Equal(PutOutcome.Taken, await PutAsync(medium, "seg/1/1", "first"));
        Assert.Equal("first", await ReadAsync(rival, "seg/1/1"));
    }

    [Fact]
    public async Task Of_all_who_want_a_place_exactly_one_has_it()
    {
        var nodes = Enumerable.Range(0, Nodes).Select(_ => Open()).ToArray();
        try
        {
            for (var place = 1; place <= Places; place++)
            {
                var key = $"seg/1/{place}";
                using var start = new System.Threading.Barrier(Nodes);
                var outcomes = await Task.WhenAll(nodes.Select((node, index) => Task.Factory.StartNew(
                    async () =>
                    {
                        start.SignalAndWait(Stop);
                        return await PutAsync(node, key, $"node {index}");
                    },
                    Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
                var winner = Assert.Single(Enumerable.Range(0, Nodes), index => outcomes[index] == PutOutcome.Won);
                foreach (var node in nodes) Assert.Equal($"node {winner}", await ReadAsync(node, key));
            }
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    /// <summary>A reply that was lost is looked for: of all who were told nothing, at most one finds itself.</summary>
    [Fact]
    public async Task Also_when_replies_are_lost_exactly_one_has_it()
    {
        var nodes = Enumerable.Range(0, Nodes).Select(index => new FaultyMedium(Open(), new MediumFaults(Seed: index) { LosesReply = 0.5 }, TimeProvider.System)).ToArray();
        try
        {
            for (var place = 1; place <= Places; place++)
            {
                var key = $"seg/1/{place}";
                var holders = await Task.WhenAll(nodes.Select((node, index) => HasAsync(node, key, $"node {index}")));
                Assert.Single(holders, holds => holds);
            }
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_listing_has_the_keys_of_its_prefix_in_order()
    {
        await using var medium = Open();
        foreach (var key in (string[])["seg/000010/000001", "seg/000001/000002", "seg/000001/000010", "seg/000001/000001", "open/000001", "history/-5/17"]) await PutAsync(medium, key, key);
        await using var other = Open();
        Assert.Equal(["seg/000001/000001", "seg/000001/000002", "seg/000001/000010"], await other.ListAsync("seg/000001/", Stop));
        Assert.Equal(["seg/000001/000001", "seg/000001/000002", "seg/000001/000010", "seg/000010/000001"], await other.ListAsync("seg/", Stop));
        Assert.Equal(["open/000001"], await other.ListAsync("open/", Stop));
        Assert.Equal(["history/-5/17"], await other.ListAsync("history/", Stop));
        Assert.Empty(await other.ListAsync("nothing/", Stop));
    }

    [Fact]
    public async Task A_long_listing_is_whole()
    {
        await using var medium = Open();
        var keys = Enumerable.Range(1, 2_500).Select(slot => $"seg/000001/{slot:000000}").ToArray();
        foreach (var some in keys.Chunk(100)) await Task.WhenAll(some.Select(key => PutAsync(medium, key, "x")));
        Assert.Equal(keys, await medium.ListAsync("seg/000001/", Stop));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_its_place_is_free()
    {
        await using var medium = Open();
        await medium.DeleteAsync("seg/1/1", Stop);
        await PutAsync(medium, "seg/1/1", "first");
        await PutAsync(medium, "seg/1/2", "other");
        await medium.DeleteAsync("seg/1/1", Stop);
        Assert.Null(await medium.GetAsync("seg/1/1", Stop));
        Assert.Equal(["seg/1/2"], await medium.ListAsync("seg/", Stop));
        Assert.Equal(PutOutcome.Won, await PutAsync(medium, "seg/1/1", "second"));
        Assert.Equal("second", await ReadAsync(medium, "seg/1/1"));
    }

    [Fact]
    public async Task Values_of_any_size_come_back_as_they_were()
    {
        await using var medium = Open();
        foreach (var length in (int[])[0, 1, 4_095, 4_096, 1 << 20, (8 << 20) + 3])
        {
            var value = new byte[length];
            new Random(length).NextBytes(value);
            Assert.Equal(PutOutcome.Won, await medium.PutIfAbsentAsync($"seg/1/{length}", value, Stop));
            var back = await medium.GetAsync($"seg/1/{length}", Stop);
            Assert.True(value.AsSpan().SequenceEqual(back), $"A value of {length} bytes came back as another.");
        }
    }

    [Fact]
    public async Task Many_at_a_time_are_no_trouble()
    {
        await using var medium = Open();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(slot => PutAsync(medium, $"seg/1/{slot}", $"{slot}")));
        Assert.All(outcomes, outcome => Assert.Equal(PutOutcome.Won, outcome));
        var values = await Task.WhenAll(Enumerable.Range(0, 200).Select(slot => ReadAsync(medium, $"seg/1/{slot}").AsTask()));
        Assert.Equal(Enumerable.Range(0, 200).Select(slot => $"{slot}"), values);
    }

    [Fact]
    public async Task What_was_won_outlives_the_node()
    {
        if (!OutlivesItsNodes) return;
        await using (var medium = Open()) await PutAsync(medium, "seg/1/1", "first");
        await using var again = Open();
        Assert.Equal("first", await ReadAsync(again, "seg/1/1"));
        Assert.Equal(PutOutcome.Taken, await PutAsync(again, "seg/1/1", "second"));
    }

    [Fact]
    public async Task Every_way_to_a_store_names_the_same_store()
    {
        await using var medium = Open();
        await using var other = Open();
        await using var another = OpenAnother();
        var ids = await Task.WhenAll(medium.StoreIdAsync(Stop).AsTask(), other.StoreIdAsync(Stop).AsTask(), medium.StoreIdAsync(Stop).AsTask());
        Assert.Single(ids.Distinct());
        Assert.NotEqual(ids[0], await another.StoreIdAsync(Stop));
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_is_not_made()
    {
        await using var medium = Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => medium.PutIfAbsentAsync("seg/1/1", new byte[1], cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => medium.GetAsync("seg/1/1", cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => medium.ListAsync("seg/", cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => medium.DeleteAsync("seg/1/1", cancelled.Token).AsTask());
        Assert.Null(await medium.GetAsync("seg/1/1", Stop));
    }

    private static Task<PutOutcome> PutAsync(ILogMedium medium, string key, string value) => medium.PutIfAbsentAsync(key, Encoding.UTF8.GetBytes(value), Stop).AsTask();

    private static async ValueTask<string?> ReadAsync(ILogMedium medium, string key) =>
        await medium.GetAsync(key, Stop) is { } value ? Encoding.UTF8.GetString(value) : null;

    private static async Task<bool> HasAsync(ILogMedium medium, string key, string value)
    {
        try
        {
            if (await PutAsync(medium, key, value) == PutOutcome.Won) return true;
        }
        catch (OutcomeUnknownException)
        {
            // Only looking tells.
        }
        while (true)
        {
            try
            {
                return await ReadAsync(medium, key) == value;
            }
            catch (StorageException)
            {
                // The answer was lost: ask again.
            }
        }
    }
}
