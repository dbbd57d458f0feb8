using System.Diagnostics;
using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest.Tests;

/// <summary>rest-api.md 5.5, 5.6 and 11.</summary>
public sealed class MonitoringTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 126, 127: every key of that server's answer in its order, all values text.</summary>
    [Fact]
    public async Task The_node_tells_what_it_uses()
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await Node.GetAsync("/system-monitoring-information");
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        answer.ContentType.ShouldBe("application/json");
        var member = answer.Json.EnumerateArray().ShouldHaveSingleItem();
        var recorded = Exchange.Of("v2", "system-monitoring-information-fresh").AnswerJson[0];
        member.EnumerateObject().Select(value => value.Name).ShouldBe(recorded.EnumerateObject().Select(value => value.Name));
        member.EnumerateObject().ShouldAllBe(value => value.Value.ValueKind == JsonValueKind.String);
        member.GetProperty("isMaster").GetString().ShouldBe("true");
    }

    /// <summary>rest-api.md 128.</summary>
    [Fact]
    public async Task Values_look_like_the_recorded_ones()
    {
        var member = (await Node.GetAsync("/system-monitoring-information")).Json[0];
        var recorded = Exchange.Of("v2", "system-monitoring-information-fresh").AnswerJson[0];
        foreach (var (name, value) in member.EnumerateObject().Select(value => (value.Name, value.Value.GetString()!)))
        {
            FormOf(name, value).ShouldBe(FormOf(name, recorded.GetProperty(name).GetString()!), $"{name}: {value}");
        }
    }

    [Fact]
    public async Task Figures_are_the_machine_s()
    {
        var member = (await Node.GetAsync("/system-monitoring-information")).Json[0];
        member.GetProperty("processors").GetString().ShouldBe(Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        int.Parse(member.GetProperty("thread.count").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(2, 10_000);
        var figures = new NodeMonitor(TimeProvider.System).Look();
        figures.Machine.MemoryTotal.ShouldBeGreaterThan(figures.Machine.MemoryFree);
        figures.Heap.Committed.ShouldBeGreaterThanOrEqualTo(figures.Heap.Used);
        figures.Process.ResidentBytes.ShouldBeGreaterThan(figures.Heap.Used);
        figures.Process.CpuTime.ShouldBeGreaterThan(TimeSpan.Zero);
        figures.Machine.CpuShare.ShouldBeInRange(0, 1);
        figures.Process.CpuShare.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void Pauses_of_both_kinds_add_up_to_what_dotnet_counts()
    {
        var monitor = new NodeMonitor(TimeProvider.System);
        GC.Collect(0);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        var heap = monitor.Look().Heap;
        heap.Full.Count.ShouldBeGreaterThan(0);
        heap.Full.Pause.ShouldBeGreaterThan(TimeSpan.Zero);
        (heap.Young.Pause + heap.Full.Pause).ShouldBeLessThanOrEqualTo(GC.GetTotalPauseDuration());
    }

    /// <summary>rest-api.md 128.</summary>
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(1024, "1024")]
    [InlineData(1025, "1.0K")]
    [InlineData(17_179_869_184, "16.0G")]
    [InlineData(604_504_064, "576.5M")]
    [InlineData(1_099_511_627_777, "1.0T")]
    [InlineData(long.MaxValue, "8.0E")]
    public void Sizes_have_one_decimal_and_a_letter(long bytes, string text) => SystemInformation.Size(bytes).ShouldBe(text);

    /// <summary>rest-api.md 128.</summary>
    [Fact]
    public void Percents_have_two_decimals_and_times_their_unit()
    {
        SystemInformation.Percent(2354, 10_000).ShouldBe("23.54%");
        SystemInformation.Percent(1, 0).ShouldBe("0.00%");
        SystemInformation.Milliseconds(TimeSpan.FromMilliseconds(110.9)).ShouldBe("110ms");
    }

    /// <summary>rest-api.md 129.</summary>
    [Fact]
    public async Task Threads_are_told_with_their_states()
    {
        var threads = (await Node.GetAsync("/thread-dump")).Json.EnumerateArray().ToList();
        Shape.Of(threads[0], inOrder: true).ShouldBe(Shape.Of(Exchange.Of("v2", "thread-dump").AnswerJson[0], inOrder: true));
        threads.ShouldAllBe(thread => OsThreadStateNames.All.Contains(thread.GetProperty("threadState").GetString()));
        threads.ShouldAllBe(thread => thread.GetProperty("threadName").GetString()!.Length > 0);
        threads.Select(thread => thread.GetProperty("threadId").GetInt64()).ShouldBeUnique();
        threads.ShouldContain(thread => thread.GetProperty("threadName").GetString()!.StartsWith(".NET", StringComparison.Ordinal));
        // The one that answers runs.
        threads.ShouldContain(thread => thread.GetProperty("threadState").GetString() == "RUNNABLE");
    }

    /// <summary>rest-api.md 130.</summary>
    [Fact]
    public async Task Running_threads_are_sorted_by_name()
    {
        var threads = (await Node.GetAsync("/running-threads")).Json.EnumerateArray().ToList();
        Shape.Of(threads[0], inOrder: true).ShouldBe(Shape.Of(Exchange.Of("v2", "running-threads-fresh").AnswerJson[0], inOrder: true));
        var names = threads.Select(thread => thread.GetProperty("threadName").GetString()!).ToList();
        names.ShouldBe(names.Order(StringComparer.Ordinal));
    }

    /// <summary>What kind of text it is: a number, a size, a percentage, a time, a word.</summary>
    private static string FormOf(string name, string value)
    {
        if (name == "host") return "host";
        if (System.Text.RegularExpressions.Regex.IsMatch(value, @"^\d+\.\d\d%$")) return "percent";
        if (System.Text.RegularExpressions.Regex.IsMatch(value, @"^\d+ms$")) return "time";
        if (System.Text.RegularExpressions.Regex.IsMatch(value, @"^(\d+\.\d[KMGTPE]|\d+)$")) return "number or size";
        if (System.Text.RegularExpressions.Regex.IsMatch(value, @"^\d+\.\d\d$")) return "two decimals";
        return "word";
    }
}
