using System.CommandLine;
using Chunnel.Gates.Parquet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serilog;
using Spectre.Console;
using YamlDotNet.Core;

namespace Chunnel.Gates.Start;

/// <summary>Small programs that start with one thing more than nothing, say how much memory they are, and end.</summary>
internal static class Child
{
    public static readonly string[] Kinds = ["bare", "commandline", "yaml", "serilog", "spectre", "kestrel", "all"];

    public static int Run(string kind)
    {
        if (kind.Split(':') is ["parquet", var dictionary, var rowsPerGroup, var systemPool])
        {
            ParquetSpeed.WriteInChild(bool.Parse(dictionary), long.Parse(rowsPerGroup), bool.Parse(systemPool));
            return 0;
        }
        switch (kind)
        {
            case "bare": break;
            case "commandline": CommandLine(); break;
            case "yaml": Yaml(); break;
            case "serilog": Serilog(); break;
            case "spectre": Terminal(); break;
            case "kestrel": Kestrel(); break;
            case "all": CommandLine(); Yaml(); Serilog(); Kestrel(); break;
            default: return 64;
        }
        Console.WriteLine($"{Machine.PeakMiB:F1}");
        return 0;
    }

    private static void CommandLine()
    {
        var name = new Option<string[]>("-i") { AllowMultipleArgumentsPerToken = false };
        var run = new Command("run") { new Argument<string>("job"), name };
        var root = new RootCommand("gate") { run, new Command("check"), new Command("plan"), new Command("server") };
        run.SetAction(_ => 0);
        root.Parse(["run", "job.conf", "-i", "a=b"]).Invoke();
    }

    private static void Yaml()
    {
        var parser = new Parser(new StringReader("seatunnel:\n  engine:\n    http:\n      enable-http: true\n      port: 8080\n"));
        while (parser.MoveNext())
        {
        }
    }

    private static void Serilog()
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-gate-").FullName;
        using (var log = new LoggerConfiguration().WriteTo.File(Path.Combine(folder, "gate.log")).CreateLogger())
        {
            log.Information("Checkpoint {CheckpointId} of job {JobId} completed in {ElapsedMs} ms.", 1, 2, 3.5);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static void Terminal() => AnsiConsole.Write(new Table().AddColumn("rows").AddRow("16"));

    private static void Kestrel()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/overview", () => Results.Text("{}"));
        app.StartAsync().GetAwaiter().GetResult();
        using var client = new HttpClient();
        client.GetStringAsync(new Uri(app.Urls.First() + "/overview")).GetAwaiter().GetResult();
        app.StopAsync().GetAwaiter().GetResult();
    }
}
