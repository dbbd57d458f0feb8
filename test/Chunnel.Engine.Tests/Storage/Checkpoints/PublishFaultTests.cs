using Chunnel.Control;
using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>
/// Every single step of writing and completing a checkpoint fails once, or is the last one before the power is cut: whoever reads afterwards
/// sees the old checkpoint or the new one, whole (S3, S9; cluster.md 8.6).
/// </summary>
public sealed class PublishFaultTests
{
    private const int Seeds = 4;
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_fails_leaves_the_old_one_or_the_new_one()
    {
        var (from, to) = await StepsOfOneAsync();
        to.ShouldBeGreaterThan(from + 10, "writing and completing takes some steps");
        for (var step = from + 1; step <= to; step++)
        {
            var disk = new SimulatedDisk(seed: step);
            await using var store = Open(disk);
            await PublishAsync(store, id: 1);
            disk.FailsAt = step;
            var told = await TryAsync(() => PublishAsync(store, id: 2));
            await MustShowAsync(store, told, $"step {step} failed");
            // Room is made, and the same is done again: a new attempt, or a new master that finds its link missing.
            disk.FailsAt = 0;
            await PublishAsync(store, id: 3);
            (await store.NewestAsync(1, 1, Stop))!.Header.CheckpointId.ShouldBe(3);
        }
    }

    [Fact]
    public async Task A_power_cut_at_any_step_leaves_the_old_one_or_the_new_one()
    {
        var (from, to) = await StepsOfOneAsync();
        for (var step = from + 1; step <= to + 1; step++)
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var disk = new SimulatedDisk(seed * 1_000 + step);
                bool told;
                string? reference = null;
                await using (var store = Open(disk))
                {
                    await PublishAsync(store, id: 1);
                    disk.DiesAt = step;
                    told = await TryAsync(async () =>
                    {
                        reference = await WriteAsync(store, id: 2);
                        await store.CompleteAsync(reference, _noon, Stop);
                    });
                }
                disk.CutPower();
                await using var again = Open(disk);
                await MustShowAsync(again, told, $"power was cut at step {step}, seed {seed}");
                if (reference is null) continue;
                // The part was told to be durable: a new master reads it by its reference, and redoes the link.
                (await again.ReadAsync(reference, Stop)).Content.ToArray().ShouldBe(ContentOf(2), $"power was cut at step {step}, seed {seed}");
                await again.CompleteAsync(reference, _noon, Stop);
                (await again.NewestAsync(1, 1, Stop))!.Header.CheckpointId.ShouldBe(2);
                (await again.ListAsync(1, Stop)).Count(file => file.CheckpointId == 2).ShouldBe(1);
            }
        }
    }

    private static CheckpointStore Open(SimulatedDisk disk) =>
        new(new FolderMedium("/checkpoints", TimeProvider.System, disk, threads: 1), maxRetained: 3, new SaidLines());

    /// <summary>How many steps came before the second checkpoint, and how many with it.</summary>
    private static async Task<(int From, int To)> StepsOfOneAsync()
    {
        var disk = new SimulatedDisk(seed: 0);
        await using var store = Open(disk);
        await PublishAsync(store, id: 1);
        var from = disk.Steps;
        await PublishAsync(store, id: 2);
        return (from, disk.Steps);
    }

    private static async Task PublishAsync(CheckpointStore store, long id) => await store.CompleteAsync(await WriteAsync(store, id), _noon, Stop);

    private static async Task<string> WriteAsync(CheckpointStore store, long id) => await store.WriteAsync(
        new() { JobId = 1, PipelineId = 1, CheckpointId = id, Attempt = 1, Type = CheckpointType.Checkpoint, TriggeredAt = _noon }, ContentOf(id), Stop);

    private static byte[] ContentOf(long id) => [.. Enumerable.Range(0, 200).Select(_ => (byte)id)];

    private static async Task<bool> TryAsync(Func<Task> what)
    {
        try
        {
            await what();
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private static async Task MustShowAsync(CheckpointStore store, bool told, string when)
    {
        var newest = await store.NewestAsync(1, 1, Stop);
        newest.ShouldNotBeNull(when);
        newest.PassedOver.ShouldBeEmpty(when);
        newest.Header.CheckpointId.ShouldBeInRange(told ? 2 : 1, 2, when);
        newest.Content.ToArray().ShouldBe(ContentOf(newest.Header.CheckpointId), when);
    }
}
