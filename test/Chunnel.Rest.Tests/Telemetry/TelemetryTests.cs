using Chunnel.Engine;
using Chunnel.Plugins;

namespace Chunnel.Rest.Tests;

/// <summary>rest-api.md 12.</summary>
public sealed class TelemetryTests
{
    /// <summary>The names of 12.2, as a scraper sees them.</summary>
    private static readonly string[] _engineNames =
    [
        "cluster_info", "cluster_time", "node_count", "node_state", "job_count",
        "job_thread_pool_activeCount", "job_thread_pool_corePoolSize", "job_thread_pool_maximumPoolSize", "job_thread_pool_poolSize", "job_thread_pool_queueTaskCount",
        "job_thread_pool_completedTask_total", "job_thread_pool_task_total", "job_thread_pool_rejection_total",
        "hazelcast_executor_executedCount", "hazelcast_executor_isShutdown", "hazelcast_executor_isTerminated", "hazelcast_executor_maxPoolSize",
        "hazelcast_executor_poolSize", "hazelcast_executor_queueRemainingCapacity", "hazelcast_executor_queueSize",
        "hazelcast_partition_partitionCount", "hazelcast_partition_activePartition", "hazelcast_partition_isClusterSafe", "hazelcast_partition_isLocalMemberSafe",
    ];

    private static readonly string[] _runtimePrefixes = ["jvm_threads", "jvm_memory_pool", "jvm_gc", "jvm_info", "jvm_memory_bytes", "jvm_classes", "jvm_buffer_pool", "process_start"];

    /// <summary>rest-api.md 137, engine.md 157.</summary>
    [Fact]
    public async Task Without_telemetry_nothing_is_told()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var metrics = await node.GetAsync("/metrics");
        (metrics.Status, metrics.Body).ShouldBe((200, Exchange.Of("v1", "i-metrics").Answer));
        var open = await node.GetAsync("/openmetrics");
        (open.Status, open.Body).ShouldBe((200, Exchange.Of("v1", "i-openmetrics").Answer));
    }

    /// <summary>rest-api.md 138, 141.</summary>
    [Fact]
    public async Task Every_name_is_told_in_both_texts()
    {
        await using var node = await StartAsync();
        var metrics = await node.GetAsync("/metrics");
        metrics.ContentType.ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var classic = Exposition.ReadPrometheus(metrics.Body);
        foreach (var name in _engineNames) classic.Keys.ShouldContain(name);
        foreach (var prefix in _runtimePrefixes) classic.Keys.ShouldContain(name => name.StartsWith(prefix, StringComparison.Ordinal), prefix);
        foreach (var family in classic.Values.Where(family => _engineNames.Contains(family.Name))) family.Samples.Select(sample => sample.Labels[0]).Distinct().ShouldBe([("cluster", "seatunnel")], family.Name);

        var openMetrics = await node.GetAsync("/openmetrics");
        openMetrics.ContentType.ShouldBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
        var open = Exposition.ReadOpenMetrics(openMetrics.Body);
        open.Values.SelectMany(family => family.Samples).Select(sample => sample.Name).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(classic.Values.SelectMany(family => family.Samples).Select(sample => sample.Name).Distinct().Order(StringComparer.Ordinal));
        open["jvm"].Type.ShouldBe("info");
        open["process_cpu_seconds"].Type.ShouldBe("counter");
        open["jvm_memory_pool_allocated_bytes"].Samples.Select(sample => sample.Name).ShouldBe(["jvm_memory_pool_allocated_bytes_total", "jvm_memory_pool_allocated_bytes_created"]);
    }

    /// <summary>What that server told has the same name, type and labels here; <c>pending</c> and other pools and collectors are .NET's.</summary>
    [Theory]
    [InlineData("alt-i-metrics-running", "/metrics")]
    [InlineData("alt-i-openmetrics", "/openmetrics")]
    public async Task Families_are_those_of_the_recording(string recording, string target)
    {
        await using var node = await StartAsync();
        Func<string, IReadOnlyDictionary<string, ExposedFamily>> read = target == "/metrics" ? Exposition.ReadPrometheus : Exposition.ReadOpenMetrics;
        var ours = read((await node.GetAsync(target)).Body);
        var theirs = read(Exchange.Of("v1", recording).Answer);
        foreach (var family in theirs.Values)
        {
            ours.ShouldContainKey(family.Name);
            ours[family.Name].Type.ShouldBe(family.Type, family.Name);
            ours[family.Name].Series.ShouldBe(family.Series, family.Name);
            if (!family.Name.StartsWith("jvm_", StringComparison.Ordinal)) ours[family.Name].Samples.Count.ShouldBeGreaterThanOrEqualTo(family.Samples.Count, family.Name);
        }
        ours.Keys.ShouldBe(theirs.Keys, ignoreOrder: true);
    }

    /// <summary>rest-api.md 139.</summary>
    [Fact]
    public async Task Jobs_are_counted_by_state()
    {
        await using var node = await StartAsync();
        var jobId = await node.SubmitAsync(Jobs.Endless);
        await node.WaitAsync(jobId, "RUNNING");
        var metrics = (await node.GetAsync("/metrics")).Body;
        metrics.ShouldContain("job_count{cluster=\"seatunnel\",type=\"running\",} 1.0\n");
        Exposition.ReadPrometheus(metrics)["job_count"].Samples.Select(sample => sample["type"])
            .ShouldBe(["canceled", "cancelling", "created", "failed", "failing", "finished", "pending", "running", "scheduled"]);
        await node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""");
        await node.WaitAsync(jobId, "CANCELED");
        metrics = (await node.GetAsync("/metrics")).Body;
        metrics.ShouldContain("job_count{cluster=\"seatunnel\",type=\"running\",} 0.0\n");
        metrics.ShouldContain("job_count{cluster=\"seatunnel\",type=\"canceled\",} 1.0\n");
    }

    /// <summary>Of a job that refused rows a scraper sees how many; of others nothing.</summary>
    [Fact]
    public async Task Refused_rows_are_told_by_job()
    {
        await using var node = await StartAsync();
        await node.WaitAsync(await node.SubmitAsync(Jobs.Short), "FINISHED");
        (await node.GetAsync("/metrics")).Body.ShouldNotContain("job_refused_rows");
        var jobId = await node.SubmitAsync(Jobs.Refusing("\"dead_letter.policy\": \"skip\""));
        await node.WaitAsync(jobId, "FINISHED");
        (await node.GetAsync("/metrics")).Body.ShouldContain($"job_refused_rows{{cluster=\"seatunnel\",job=\"{jobId}\",type=\"skipped\",}} 2.0\n");
    }

    /// <summary>rest-api.md 142.</summary>
    [Fact]
    public async Task Both_faces_tell_the_same_names()
    {
        await using var node = await StartAsync();
        var v2 = Exposition.ReadPrometheus((await node.GetAsync("/metrics")).Body);
        var v1 = Exposition.ReadPrometheus((await RawHttp.SendAsync(node.V1Port, "GET", "/hazelcast/rest/instance/metrics")).Body);
        v1.Values.SelectMany(family => family.Series).ShouldBe(v2.Values.SelectMany(family => family.Series));
        Exposition.ReadOpenMetrics((await RawHttp.SendAsync(node.V1Port, "GET", "/hazelcast/rest/instance/openmetrics")).Body).ShouldNotBeEmpty();
    }

    /// <summary>rest-api.md 140.</summary>
    [Fact]
    public async Task Only_a_master_counts_jobs()
    {
        using var logs = new NodeLogs(null, "", null, TimeProvider.System);
        await using var engine = new ChunnelEngine(new EngineSettings(), new PluginRegistry([]), logs, TimeProvider.System);
        using var meter = new EngineMeter(engine, new NodeMonitor(TimeProvider.System), new NodeIdentity("seatunnel", "127.0.0.1", isMaster: false) { Port = 5802 }, TimeProvider.System);
        var told = Exposition.ReadPrometheus(PrometheusText.Write(MetricReading.Of(meter.Meter)));
        told.Keys.ShouldNotContain(name => name.StartsWith("job_", StringComparison.Ordinal));
        foreach (var prefix in _runtimePrefixes) told.Keys.ShouldContain(name => name.StartsWith(prefix, StringComparison.Ordinal), prefix);
        told["node_state"].Samples.ShouldHaveSingleItem()["address"].ShouldBe("127.0.0.1:5802");
    }

    [Fact]
    public void Labels_and_comments_are_escaped()
    {
        var family = new MetricFamily("job", MetricKind.Gauge, "a \"b\" \\ c\nd");
        family.Samples.Add(new MetricSample("", [new("name", "x\"y\\z\nw")], 1));
        PrometheusText.Write([family]).ShouldBe("# HELP job a \"b\" \\\\ c\\nd\n# TYPE job gauge\njob{name=\"x\\\"y\\\\z\\nw\",} 1.0\n");
        OpenMetricsText.Write([family]).ShouldBe("# TYPE job gauge\n# HELP job a \\\"b\\\" \\\\ c\\nd\njob{name=\"x\\\"y\\\\z\\nw\"} 1.0\n# EOF\n");
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(1, "1.0")]
    [InlineData(-1, "-1.0")]
    [InlineData(0.256, "0.256")]
    [InlineData(9999999, "9999999.0")]
    [InlineData(1e7, "1.0E7")]
    [InlineData(2147483647, "2.147483647E9")]
    [InlineData(1795613202084, "1.795613202084E12")]
    [InlineData(6.0215296E7, "6.0215296E7")]
    [InlineData(-1.5e10, "-1.5E10")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00012, "1.2E-4")]
    [InlineData(1e23, "1.0E23")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    public void Numbers_look_like_Java_s(double value, string text) => JavaNumber.Of(value).ShouldBe(text);

    [Fact]
    public void Numbers_read_back_as_they_were() =>
        CsCheck.Check.Sample(CsCheck.Gen.Double, value => !double.IsFinite(value) || double.Parse(JavaNumber.Of(value), System.Globalization.CultureInfo.InvariantCulture).Equals(value));

    private static Task<NodeUnderTest> StartAsync() => NodeUnderTest.StartAsync(settings => settings with { TellsMetrics = true });
}
