using System.Text;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

/// <summary>Metrics that are sent, not read.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Metrics_are_sent_to_a_collector()
    {
        await using var collector = new CollectorDouble();
        await using (var node = await NodeUnderTest.StartAsync(settings => settings with { Otlp = new OtlpSettings { Endpoint = collector.Address, Interval = TimeSpan.FromSeconds(1) } }))
        {
            // Sending is not reading: /metrics stays empty unless it is switched on too.
            (await node.GetAsync("/metrics")).Body.ShouldBeEmpty();
            collector.Received.TryTake(out var sent, TimeSpan.FromSeconds(30)).ShouldBeTrue("nothing came within 30 s");
            sent.Path.ShouldBe("/v1/metrics");
            sent.ContentType.ShouldBe("application/x-protobuf");
            // Names stand in protobuf as they are.
            var text = Encoding.UTF8.GetString(sent.Body);
            foreach (var name in (string[])["service.name", "chunnel.cluster", "seatunnel", "job_count", "running", "jvm_memory_bytes_used", "dotnet.gc.collections"]) text.ShouldContain(name, Case.Sensitive);
        }
        // The last words of a node that stops.
        collector.Received.ShouldNotBeEmpty();
    }
}
