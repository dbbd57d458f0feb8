using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>The disk that tests fail with behaves as disks do: what is not flushed may be lost, what is flushed is not.</summary>
public sealed class SimulatedDiskTests
{
    [Fact]
    public void A_flushed_file_with_a_flushed_name_stays()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var disk = new SimulatedDisk(seed);
            disk.MakeFolder("/a");
            disk.FlushFolder("/");
            disk.Write("/a/file", "content"u8);
            disk.FlushFolder("/a");
            disk.CutPower();
            disk.Read("/a/file").ShouldBe("content"u8.ToArray());
        }
    }

    [Fact]
    public void A_name_that_is_not_flushed_is_lost_by_some_seeds_and_kept_by_others()
    {
        var kept = Enumerable.Range(0, 50).Count(seed =>
        {
            var disk = new SimulatedDisk(seed);
            disk.MakeFolder("/a");
            disk.FlushFolder("/");
            disk.Write("/a/file", "content"u8);
            disk.CutPower();
            return disk.Read("/a/file") is not null;
        });
        kept.ShouldBeInRange(5, 45);
    }

    [Fact]
    public void A_write_that_fails_leaves_a_part()
    {
        var disk = new SimulatedDisk(seed: 1) { FailsAt = 2 };
        Should.Throw<IOException>(() => disk.Write("/file", "content"u8));
        disk.Read("/file")!.Length.ShouldBe(3);
    }

    [Fact]
    public void Without_power_nothing_works()
    {
        var disk = new SimulatedDisk(seed: 1) { DiesAt = 1 };
        Should.Throw<IOException>(() => disk.Write("/file", "content"u8));
        Should.Throw<IOException>(() => disk.Read("/file"));
        disk.CutPower();
        disk.Read("/file").ShouldBeNull();
    }
}
