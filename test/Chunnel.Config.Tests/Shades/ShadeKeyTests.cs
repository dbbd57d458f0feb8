using Chunnel.Core;

namespace Chunnel.Config.Tests;

[Trait("spec", "config.md 10")]
public sealed class ShadeKeyTests : IDisposable
{
    private static readonly byte[] _key = [.. Enumerable.Range(200, AesShade.KeyBytes).Select(number => (byte)number)];
    private readonly string _file = Path.GetTempFileName();

    public static TheoryData<string> Written => [Convert.ToBase64String(_key) + "\n", Convert.ToHexString(_key), Convert.ToHexStringLower(_key) + "\r\n", " " + System.Buffers.Text.Base64Url.EncodeToString(_key) + "\n"];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [MemberData(nameof(Written))]
    public void A_key_is_read_from_a_file_however_it_is_written(string text)
    {
        File.WriteAllText(_file, text);
        Read("key_file", _file).ShouldBe(_key);
    }

    [Fact]
    public void A_file_of_32_bytes_is_a_key()
    {
        File.WriteAllBytes(_file, _key);
        Read("key_file", _file).ShouldBe(_key);
    }

    [Fact]
    public void A_key_is_read_from_a_variable()
    {
        var name = $"CHUNNEL_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, Convert.ToBase64String(_key));
        Read("key_env", name).ShouldBe(_key);
        Environment.SetEnvironmentVariable(name, "canary-no-key");
        Refused("key_env", name).ShouldContain(name);
        Environment.SetEnvironmentVariable(name, null);
        Refused("key_env", name).ShouldContain("is empty");
    }

    [Fact]
    public void What_is_no_key_is_refused_and_not_shown()
    {
        File.WriteAllText(_file, "canary-passphrase");
        Refused("key_file", _file).ShouldContain("32 bytes");
        File.WriteAllText(_file, new string('A', 100_000));
        Refused("key_file", _file).ShouldContain("32 bytes");
        Refused("key_file", "/no/such/key").ShouldContain("/no/such/key");
        Refused("key", "canary-in-the-job").ShouldContain("stands in the job");
        Should.Throw<ShadeException>(() => ShadeKey.Read(SettingsObject.Empty)).Mend!.ShouldContain("openssl rand -base64 32");
    }

    private static byte[] Read(string name, string value) => ShadeKey.Read(SettingsObject.Empty.With(name, new SettingsScalar(value, ScalarKind.Text)));

    private static string Refused(string name, string value)
    {
        var wrong = Should.Throw<ShadeException>(() => Read(name, value));
        wrong.Mend.ShouldNotBeNull();
        (wrong.Message + wrong.Mend).ShouldNotContain("canary");
        return wrong.Message;
    }
}
