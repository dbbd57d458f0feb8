using Chunnel.Core;

namespace Chunnel.Config.Tests;

public sealed class JobFileTests
{
    [Theory]
    [InlineData("a.json", JobFormat.Json)]
    [InlineData("a.JSON", JobFormat.Json)]
    [InlineData("a.sql", JobFormat.Sql)]
    [InlineData("a.conf", JobFormat.Hocon)]
    [InlineData("a.config", JobFormat.Hocon)]
    [InlineData("a.txt", JobFormat.Hocon)]
    [InlineData("a", JobFormat.Hocon)]
    [Trait("spec", "config.md 1")]
    public void The_extension_says_the_language(string file, JobFormat format) => JobFormats.OfFile(file).ShouldBe(format);

    [Fact]
    [Trait("spec", "config.md 1, engine.md 9")]
    public void A_missing_file_has_its_own_code() =>
        Should.Throw<ChunnelException>(() => JobLoader.ReadFile("/no/such.conf")).Code.ToString()
            .ShouldBe("ErrorCode:[COMMON-22], ErrorDescription:[SeaTunnel read file '/no/such.conf' failed, because it not existed.]");

    [Fact]
    public void A_file_is_read_with_the_includes_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-config-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "common"));
            File.WriteAllText(Path.Combine(folder.FullName, "common", "env.conf"), "include \"more.conf\"");
            File.WriteAllText(Path.Combine(folder.FullName, "common", "more.conf"), "env { job.name = included }");
            var path = Path.Combine(folder.FullName, "job.conf");
            File.WriteAllText(path, "\uFEFFinclude required(\"common/env.conf\")\nsource { FakeSource { } }\nsink { Console { } }");
            JobLoader.Load(JobLoader.ReadFile(path)).Env.JobName.ShouldBe("included");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    [Trait("spec", "config.md 1, engine.md 10")]
    public void A_job_is_shown_without_its_secrets()
    {
        var job = Jobs.Hocon("""
            env { shade.options = ["f_key"] }
            source { FakeSource { password = "p", f-key = "q", row.num = 2 } }
            sink { Jdbc { url = "jdbc:mysql://h/d", "username" : u } }
            """).Good();
        ShownJob.Of(job).ShouldBe("""
            {
                "env" : {
                    "shade.options" : [
                        "f_key"
                    ]
                },
                "source" : [
                    {
                        "plugin_name" : "FakeSource",
                        "password" : "******",
                        "f-key" : "******",
                        "row.num" : 2
                    }
                ],
                "transform" : [],
                "sink" : [
                    {
                        "plugin_name" : "Jdbc",
                        "url" : "******",
                        "username" : "******"
                    }
                ]
            }
            """);
    }
}
