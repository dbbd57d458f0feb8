using Chunnel.Core;

namespace Chunnel.Config.Tests;

[Trait("spec", "config.md 10, rest-api.md 8")]
public sealed class ShadingTests
{
    private const string Hocon = """
        env { shade.identifier = "base64", shade.options = ["hostname"] }
        source { FakeSource { username = "c2VhdHVubmVs", password = c2VhdHVubmVsX3Bhc3N3b3Jk, hostname = "aA==", user = "dQ==", inner { password = "cA==" } } }
        transform { Sql { token = ["YQ==", "Yg=="], query = "select 1" } }
        sink { Console { auth = null, secret_key = "", access_key = b25l, Password = "UA==" } }
        """;

    /// <summary>A client hands the job on as it is, and needs no key for that.</summary>
    [Fact]
    public void A_job_that_is_handed_on_keeps_its_secrets_closed()
    {
        var job = new JobText("env { shade.identifier = \"aes-256-gcm\" }\nsource { FakeSource { password = \"closed\" } }\nsink { Console { } }", JobFormat.Hocon);
        Text(JobLoader.TryLoad(job with { Shades = null }).Good().Sources[0].Options, "password").ShouldBe("closed");
        SettingsJson.Compact(Jobs.Hocon(Hocon).Good().Root).ShouldContain("\"username\":\"c2VhdHVubmVs\"");
    }

    /// <summary>rest-api.md 121 to 123.</summary>
    [Fact]
    public void A_job_is_read_with_its_secrets_opened()
    {
        var job = Jobs.Hocon(Hocon).Good();
        var source = job.Sources[0].Options;
        Text(source, "username").ShouldBe("seatunnel");
        Text(source, "password").ShouldBe("seatunnel_password");
        Text(source, "hostname").ShouldBe("h");
        Text(source, "user").ShouldBe("dQ==");
        Text((SettingsObject)source["inner"]!, "password").ShouldBe("cA==");
        SettingsJson.Compact(job.Transforms[0].Options["token"]!).ShouldBe("""["a","b"]""");
        SettingsJson.Compact(job.Sinks[0].Options).ShouldContain("""{"auth":null,"secret_key":"",""");
        Text(job.Sinks[0].Options, "Password").ShouldBe("UA==");
    }

    [Fact]
    public void What_was_opened_is_shown_nowhere()
    {
        var job = Jobs.Hocon(Hocon).Good();
        ShownJob.Of(job).ShouldNotContain("seatunnel_password");
        job.Sources[0].Options["hostname"]!.ToString().ShouldBe(Secrets.Mask);
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("hostname", job.Sources[0].Options["hostname"]!)).ToProblem().ToString().ShouldNotContain("\"h\"");
        SettingsJson.Compact(Secrets.Masked(job.Sources[0].Options)).ShouldContain("\"hostname\":\"******\"");
    }

    [Fact]
    public void A_job_is_opened_alike_in_every_language()
    {
        var json = Jobs.Json("""{"env":{"shade.identifier":"base64"},"source":[{"plugin_name":"FakeSource","password":"ZmllbGQ="}],"sink":[{"plugin_name":"Console","username":"ZmllbGQ="}]}""").Good();
        var sql = Jobs.Sql("""
            /* config
            env { shade.identifier = "base64" }
            */
            CREATE TABLE a WITH ('connector' = 'FakeSource', 'type' = 'source', 'password' = 'ZmllbGQ=');
            CREATE TABLE b WITH ('connector' = 'Console', 'type' = 'sink', 'username' = 'ZmllbGQ=');
            INSERT INTO b SELECT * FROM a;
            """).Good();
        foreach (var job in new[] { json, sql })
        {
            Text(job.Sources[0].Options, "password").ShouldBe("field");
            Text(job.Sinks[0].Options, "username").ShouldBe("field");
        }
    }

    [Fact]
    [Trait("case", "logs-warn-that-base64-is-no-secret")]
    public void Base64_warns_once_that_it_hides_nothing()
    {
        var warning = Jobs.Hocon(Hocon).Problems.ShouldHaveSingleItem();
        warning.Severity.ShouldBe(Severity.Warning);
        warning.What.ShouldStartWith("base64 only encodes");
        warning.Where.Line.ShouldBe(1);
    }

    [Fact]
    public void An_unknown_shade_changes_nothing_and_warns_with_the_nearest()
    {
        var read = Jobs.Hocon("env { shade.identifier = bas64 }\nsource { FakeSource { password = \"@@@\" } }\nsink { Console { } }");
        Text(read.Good().Sources[0].Options, "password").ShouldBe("@@@");
        read.Problems.ShouldHaveSingleItem().Mend.ShouldBe("Did you mean 'base64'?");
    }

    [Fact]
    public void Every_value_that_cannot_be_opened_is_told_with_its_place()
    {
        var problems = Jobs.Hocon("""
            env { shade.identifier = "base64", shade.options = [pin] }
            source { FakeSource { password = "@canary@" } }
            sink { Console { pin = "/w==", x = 1 } }
            """).Problems.Where(problem => problem.Severity == Severity.Error).ToList();
        problems.Select(problem => problem.Where.Line).ShouldBe([2, 3]);
        problems.ShouldAllBe(problem => problem.What == ShadedJob.CannotDecrypt);
        problems[0].Mend!.ShouldContain("'password' is not base64");
        problems[1].Mend!.ShouldContain("'pin' is base64, but not of a text");
        string.Concat(problems).ShouldNotContain("canary");
        string.Concat(problems).ShouldNotContain("/w==");
    }

    [Fact]
    public void A_shade_of_a_plug_in_names_more_keys_and_gets_its_properties()
    {
        var shades = new ShadeSet([new ShadeEntry("turned", properties => new Turned(SettingsConvert.ToInt32("by", properties["by"]!))), new ShadeEntry("base64", _ => throw new InvalidOperationException())]);
        var job = JobLoader.TryLoad(new JobText("""
            env { shade.identifier = turned, shade.properties { by = 1 } }
            source { FakeSource { pin = "b", password = "c", hostname = "d" } }
            sink { Console { } }
            """, JobFormat.Hocon) { Shades = shades }).Good();
        Text(job.Sources[0].Options, "pin").ShouldBe("a");
        Text(job.Sources[0].Options, "password").ShouldBe("b");
        Text(job.Sources[0].Options, "hostname").ShouldBe("d");
        // What ships cannot be replaced.
        shades.Find("base64")!.Open(SettingsObject.Empty).ShouldBeOfType<Base64Shade>();
    }

    [Theory]
    [InlineData("throws", "could not be dealt with: InvalidOperationException")]
    [InlineData("aes-256-gcm", "stands in the job")]
    public void A_shade_that_cannot_be_made_fails_the_job_without_showing_its_properties(string identifier, string why)
    {
        var shades = new ShadeSet([new ShadeEntry("throws", _ => throw new InvalidOperationException("canary"))]);
        var problem = JobLoader.TryLoad(new JobText($$"""
            env { shade.identifier = {{identifier}}, shade.properties { key = canary } }
            source { FakeSource { } }
            sink { Console { } }
            """, JobFormat.Hocon) { Shades = shades }).Problems.ShouldHaveSingleItem();
        problem.What.ShouldBe(ShadedJob.CannotDecrypt);
        problem.Mend!.ShouldContain(why);
        problem.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public void Encrypting_and_decrypting_are_each_others_inverse_with_a_real_cipher()
    {
        var name = $"CHUNNEL_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, new string('7', 64));
        var plain = new JobText($$$"""{"env":{"shade.identifier":"aes-256-gcm","shade.properties":{"key_env":"{{{name}}}"}},"source":[{"plugin_name":"FakeSource","password":"s3cret"}],"sink":[{"plugin_name":"Console"}]}""", JobFormat.Json);
        var encrypted = SettingsJson.Compact(ShadedJob.Encrypt(plain).Root.ShouldNotBeNull());
        encrypted.ShouldNotContain("s3cret");
        encrypted.ShouldContain("\"password\":\"aes-256-gcm:v1:");
        var read = JobLoader.TryLoad(plain with { Text = encrypted });
        read.Problems.ShouldBeEmpty();
        Text(read.Good().Sources[0].Options, "password").ShouldBe("s3cret");
        SettingsJson.Compact(ShadedJob.Decrypt(plain with { Text = encrypted }).Root.ShouldNotBeNull()).ShouldBe(plain.Text.Replace("}],\"sink\"", "}],\"transform\":[],\"sink\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12")]
    [InlineData("true")]
    [InlineData("""{"a":"b"}""")]
    [InlineData("""["a",1]""")]
    public void Only_texts_are_encrypted(string value)
    {
        var problem = ShadedJob.Encrypt(new JobText($$"""{"env":{"shade.identifier":"base64"},"source":[{"plugin_name":"F","password":{{value}}}],"sink":[{"plugin_name":"C"}]}""", JobFormat.Json))
            .Problems.Single(problem => problem.Severity == Severity.Error);
        problem.What.ShouldBe(ShadedJob.CannotEncrypt);
    }

    private static string Text(SettingsObject options, string key) => ((SettingsScalar)options[key]!).Text;

    /// <summary>Letters moved on by some places.</summary>
    private sealed class Turned(int by) : IShade
    {
        public IReadOnlyList<string> SensitiveOptions => ["pin"];

        public string Encrypt(string plain) => string.Concat(plain.Select(letter => (char)(letter + by)));

        public string Decrypt(string shaded) => string.Concat(shaded.Select(letter => (char)(letter - by)));
    }
}
