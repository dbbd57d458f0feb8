using Microsoft.Extensions.Logging;

namespace Chunnel.Engine.Tests;

/// <summary>engine.md 11.5: the node's file keeps its name; what is full or of another day is put aside and goes in time.</summary>
public sealed class RollingLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-lines-").FullName;
    private readonly DayClock _clock = new();

    private string Path => System.IO.Path.Combine(_folder, "node.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_full_file_is_put_aside()
    {
        using (var lines = new RollingLines(Path, _clock, mostBytes: 10))
        {
            foreach (var line in (string[])["first line", "second line", "third line"]) lines.Write(LogLevel.Information, line);
        }
        Names().ShouldBe(["node.log", "node.log.2026-11-25-1", "node.log.2026-11-25-2"]);
        File.ReadAllText(Path).ShouldBe($"third line{Environment.NewLine}");
        File.ReadAllText($"{Path}.2026-11-25-1").ShouldBe($"first line{Environment.NewLine}");
    }

    [Fact]
    public void A_day_that_is_over_is_put_aside_under_its_own_date()
    {
        using (var lines = new RollingLines(Path, _clock))
        {
            lines.Write(LogLevel.Information, "of today");
            _clock.Now += TimeSpan.FromDays(1);
            lines.Write(LogLevel.Information, "of tomorrow");
        }
        Names().ShouldBe(["node.log", "node.log.2026-11-25-1"]);
        File.ReadAllText(Path).ShouldBe($"of tomorrow{Environment.NewLine}");
    }

    [Fact]
    public void A_node_that_starts_again_goes_on_in_the_file_of_its_day()
    {
        using (var lines = new RollingLines(Path, _clock)) lines.Write(LogLevel.Information, "before");
        File.SetLastWriteTimeUtc(Path, _clock.Now.UtcDateTime);
        using (var lines = new RollingLines(Path, _clock)) lines.Write(LogLevel.Information, "after");
        Names().ShouldBe(["node.log"]);
        File.ReadAllLines(Path).ShouldBe(["before", "after"]);
        File.SetLastWriteTimeUtc(Path, _clock.Now.UtcDateTime - TimeSpan.FromDays(2));
        using (var lines = new RollingLines(Path, _clock)) lines.Write(LogLevel.Information, "later");
        Names().ShouldBe(["node.log", "node.log.2026-11-23-1"]);
    }

    [Fact]
    public void What_was_put_aside_goes_after_seven_days_or_beyond_a_hundred()
    {
        for (var i = 0; i < 110; i++) Aside($"node.log.2026-11-24-{i}", _clock.Now.UtcDateTime - TimeSpan.FromMinutes(i));
        Aside("node.log.2026-11-10-1", _clock.Now.UtcDateTime - TimeSpan.FromDays(15));
        Aside("job-1.log", _clock.Now.UtcDateTime - TimeSpan.FromDays(15));
        using (var lines = new RollingLines(Path, _clock, mostBytes: 1))
        {
            lines.Write(LogLevel.Information, "one");
            lines.Write(LogLevel.Information, "two");
        }
        var names = Names();
        names.Count(name => name.StartsWith("node.log.", StringComparison.Ordinal)).ShouldBe(100);
        names.ShouldNotContain("node.log.2026-11-10-1");
        names.ShouldContain("job-1.log");
    }

    private void Aside(string name, DateTime written)
    {
        var path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(path, "old");
        File.SetLastWriteTimeUtc(path, written);
    }

    private List<string> Names() => [.. new DirectoryInfo(_folder).EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    private sealed class DayClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
