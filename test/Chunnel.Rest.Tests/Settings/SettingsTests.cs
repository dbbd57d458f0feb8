using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_files_that_ship_say_what_holds_without_them()
    {
        var shipped = NodeSettings.Load(Shipped(), null, _ => null);
        shipped.Warnings.ShouldBeEmpty();
        shipped.Http.ShouldBe(new HttpSettings());
        shipped.V1.ShouldBe(new V1Settings());
        shipped.Wire.ShouldBe(new WireChoices());
        shipped.ClusterName.ShouldBe("seatunnel");
        shipped.V1.Port.ShouldBe(5801);
        shipped.HistoryExpires.ShouldBe(TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_node_may_refuse_code_out_of_jobs(string enabled, bool runs)
    {
        var settings = Load($$"""
            seatunnel:
              engine:
                dynamic-compile:
                  enabled: {{enabled}}
            """, "hazelcast: {}");
        settings.Warnings.ShouldBeEmpty();
        settings.RunsScripts.ShouldBe(runs);
        var plugin = InstalledPlugins.Look([], settings.RunsScripts).Registry.Find(PluginKind.Transform, "dynamiccompile")!;
        var problems = plugin.Check(new SettingsObject([new SettingsEntry("compile_language", new SettingsScalar("JAVA", ScalarKind.Text))]));
        problems.ShouldContain(problem => problem.Severity == Severity.Error);
        problems.Any(problem => problem.What == "DynamicCompile runs code out of jobs, and this node does not do that.").ShouldBe(!runs);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_node_may_leave_the_last_minutes_of_jobs_alone(string enabled, bool tells)
    {
        var settings = Load($"seatunnel: {{ engine: {{ realtime-metrics: {{ enabled: {enabled} }} }} }}", "hazelcast: {}");
        settings.Warnings.ShouldBeEmpty();
        settings.TellsRealtime.ShouldBe(tells);
    }

    [Fact]
    public void Telemetry_is_read()
    {
        var settings = Load("""
            seatunnel:
              engine:
                telemetry:
                  metric: { enabled: true }
                  logs: { scheduled-deletion-enable: false, file-per-job: false }
                  otlp: { endpoint: "http://collector:4317", protocol: GRPC, interval-seconds: 5 }
            """, "hazelcast: {}");
        settings.Warnings.ShouldBeEmpty();
        settings.TellsMetrics.ShouldBeTrue();
        settings.DeletesOldLogs.ShouldBeFalse();
        settings.MixesJobLogs.ShouldBeTrue();
        settings.Otlp.ShouldBe(new OtlpSettings { Endpoint = new Uri("http://collector:4317"), UsesGrpc = true, Interval = TimeSpan.FromSeconds(5) });
        Should.Throw<ProblemsException>(() => Load("seatunnel: { engine: { telemetry: { otlp: { endpoint: collector } } } }", "hazelcast: {}"))
            .Message.ShouldContain("http://localhost:4318");
    }

    [Fact, Trait("spec", "engine.md 11.4, 12")]
    public void Where_events_are_sent_is_read()
    {
        var events = Load("""
            seatunnel: { engine: { event-report-http: { url: "http://taker:9000/events", headers: { X-Token: abc }, report-non-terminal-job-state: true } } }
            """, "hazelcast: {}").Events.ShouldNotBeNull();
        (events.Url.ToString(), events.TellsEveryState, events.Interval).ShouldBe(("http://taker:9000/events", true, TimeSpan.FromSeconds(10)));
        events.Headers.ShouldBe(new Dictionary<string, string> { ["X-Token"] = "abc" });
        Should.Throw<ProblemsException>(() => Load("seatunnel: { engine: { event-report-http: { url: taker } } }", "hazelcast: {}")).Message.ShouldContain("http://localhost:9000/events");
    }

    [Fact]
    public void Both_files_are_read()
    {
        var settings = Load("""
            seatunnel:
              engine:
                history-job-expire-minutes: 7
                http:
                  enable-http: true
                  port: 9090
                  context-path: /seatunnel
                  enable-dynamic-port: false
                  port-range: 5
                  job-id-as-number: true
            """, """
            hazelcast:
              cluster-name: mine
              network: { port: { port: 5900, auto-increment: true, port-count: 10 } }
              member-attributes:
                zone: { type: string, value: az1 }
                nr: { type: int, value: 007 }
              map: { "engine*": { map-store: { enabled: true } } }
            """);
        settings.Http.ShouldBe(new HttpSettings { Port = 9090, ContextPath = "/seatunnel", SearchesPort = false, PortRange = 5 });
        settings.Wire.ShouldBe(new WireChoices { JobIdAsNumber = true });
        settings.HistoryExpires.ShouldBe(TimeSpan.FromMinutes(7));
        settings.ClusterName.ShouldBe("mine");
        settings.V1.Port.ShouldBe(5900);
        settings.Tags.ShouldBe(new Dictionary<string, string> { ["zone"] = "az1", ["nr"] = "7" }, ignoreOrder: true);
        settings.Warnings.ShouldBeEmpty();
    }

    /// <summary>engine.md 8.3, 8.4, D2: in any case, and the word of one document for REJECT.</summary>
    [Fact]
    public void Slots_are_read_with_how_they_are_given()
    {
        var settings = Load("""
            seatunnel:
              engine:
                job-schedule-strategy: wait
                slot-service: { dynamic-slot: false, slot-num: 7, slot-allocate-strategy: system_load }
            """);
        settings.Slots.ShouldBe(new SlotSettings { Schedule = ScheduleStrategy.Wait, IsDynamic = false, Count = 7, Allocation = SlotAllocation.SystemLoad });
        settings.Warnings.ShouldBeEmpty();
        Load("seatunnel: { engine: { job-schedule-strategy: FAIL_FAST } }").Slots.ShouldBe(new SlotSettings());
        Load("seatunnel: { engine: { slot-service: { slot-num: 7 } } }").Warnings.ShouldHaveSingleItem().What.ShouldContain("slot-num: not looked at while dynamic-slot is true");
    }

    [Theory]
    [InlineData("job-schedule-strategy: QUEUE", "job-schedule-strategy must be one of REJECT, WAIT")]
    [InlineData("slot-service: { slot-num: 0 }", "slot-service.slot-num must be > 0, not 0.")]
    [InlineData("slot-service: { dynamic-slot: often }", "slot-service.dynamic-slot must be true or false, not 'often'.")]
    [InlineData("slot-service: { slot-allocate-strategy: SLOT_RATE }", "slot-service.slot-allocate-strategy must be one of RANDOM, SLOT_RATIO, SYSTEM_LOAD, not 'SLOT_RATE'.")]
    public void Slots_that_cannot_be_are_refused(string line, string text) =>
        Should.Throw<ProblemsException>(() => Load($"seatunnel:\n  engine:\n    {line}\n")).Message.ShouldContain(text);

    /// <summary>engine.md 12: unknown elements warn, with their place.</summary>
    [Fact]
    public void An_unknown_key_warns_with_its_place_and_the_nearest()
    {
        var warning = Load("""
            seatunnel:
              engine:
                http:
                  enable-http: true
                  contxt-path: /x
            """).Warnings.ShouldHaveSingleItem();
        warning.What.ShouldBe("Unrecognized element: contxt-path");
        warning.Where.Line.ShouldBe(5);
        warning.Where.Column.ShouldBe(7);
        warning.Mend.ShouldBe("Did you mean 'context-path'?");
    }

    /// <summary>engine.md 12: a wrong number keeps the node from starting, and all are told at once.</summary>
    [Fact]
    public void Wrong_values_are_told_all_at_once_by_key_and_place()
    {
        var wrong = Should.Throw<ProblemsException>(() => Load("""
            seatunnel:
              engine:
                history-job-expire-minutes: 0
                job-schedule-strategy: QUEUE
                http:
                  enable-http: perhaps
                  port: -1
                  port-range: many
                  context-path: seatunnel/
            """));
        wrong.Problems.Select(problem => problem.Where.Line).ShouldBe([3, 6, 7, 9, 8, 4], ignoreOrder: true);
        wrong.Message.ShouldContain("history-job-expire-minutes must be > 0");
        wrong.Message.ShouldContain("http.port must be > 0, not -1");
        wrong.Message.ShouldContain("http.port-range must be a number, not 'many'");
        wrong.Message.ShouldContain("http.enable-http must be true or false");
        wrong.Message.ShouldContain("must be one of REJECT, WAIT");
        wrong.Message.ShouldContain("Write /seatunnel.");
    }

    [Theory]
    [InlineData("seatunnel:\n  engine:\n    http: {port: 1}\n    http: {port: 2}\n", 4)]
    [InlineData("seatunnel:\n  engine:\n   http: [\n", 0)]
    [InlineData("- a\n- b\n", 1)]
    public void Broken_files_are_told_with_their_place(string text, int line)
    {
        var wrong = Should.Throw<ProblemsException>(() => Load(text)).Problems.ShouldHaveSingleItem();
        wrong.Where.File.ShouldEndWith("seatunnel.yaml");
        if (line > 0) wrong.Where.Line.ShouldBe(line);
    }

    /// <summary>rest-api.md D8.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("seatunnel:\n  engine:\n")]
    [InlineData("seatunnel:\n  engine:\n    http:\n      port: 8080\n")]
    public void A_file_that_does_not_say_so_opens_no_port(string text) => Load(text).Http.Enabled.ShouldBeFalse();

    [Fact]
    public void The_variables_name_files_and_the_command_wins_over_them()
    {
        File.WriteAllText(Path.Combine(_folder, "other.yaml"), "seatunnel: { engine: { http: { enable-http: true, port: 1234 } } }");
        NodeSettings.Load(null, null, name => name == "SEATUNNEL_CONFIG" ? Path.Combine(_folder, "other.yaml") : null).Http.Port.ShouldBe(1234);
        NodeSettings.Load(Shipped(), "theirs", name => name == "SEATUNNEL_CONFIG" ? Path.Combine(_folder, "other.yaml") : null).ClusterName.ShouldBe("theirs");
        NodeSettings.Load(Shipped(), null, name => name == "SEATUNNEL_CONFIG" ? Path.Combine(_folder, "other.yaml") : null).Http.Port.ShouldBe(8080);
        Should.Throw<ChunnelException>(() => NodeSettings.Load(null, null, name => name == "HAZELCAST_CONFIG" ? "/no/such.yaml" : null)).Message.ShouldContain("/no/such.yaml");
        Should.Throw<ChunnelException>(() => NodeSettings.Load("/no/such/folder", null, _ => null)).Message.ShouldContain("/no/such/folder");
    }

    private NodeSettings Load(string seaTunnel, string? hazelcast = null)
    {
        File.WriteAllText(Path.Combine(_folder, "seatunnel.yaml"), seaTunnel);
        if (hazelcast is not null) File.WriteAllText(Path.Combine(_folder, "hazelcast.yaml"), hazelcast);
        return NodeSettings.Load(_folder, null, _ => null);
    }

    /// <summary>The folder config/ of the repository, found from the test program upwards.</summary>
    private static string Shipped()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var config = Path.Combine(folder.FullName, "config", "seatunnel.yaml");
            if (File.Exists(config)) return Path.GetDirectoryName(config)!;
        }
        throw new DirectoryNotFoundException("config/ of the repository");
    }
}
