namespace Chunnel.Core.Tests;

[Trait("spec", "config.md 1 masked keys")]
public sealed class SecretsTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("username")]
    [InlineData("auth")]
    [InlineData("token")]
    [InlineData("access_key")]
    [InlineData("access.key")]
    [InlineData("secret-key")]
    [InlineData("SecretKey")]
    [InlineData("db.password")]
    [InlineData("api_key")]
    [InlineData("f_key")]
    public void These_keys_are_secret(string key) => Secrets.IsSecret(key, ["f.key"]).ShouldBeTrue();

    [Theory]
    [InlineData("author")]
    [InlineData("table")]
    [InlineData("primary_key")]
    [InlineData("user")]
    public void These_keys_are_not(string key) => Secrets.IsSecret(key).ShouldBeFalse();

    [Fact]
    [Trait("spec", "engine.md 10")]
    public void Secrets_are_hidden_at_any_depth_and_jdbc_addresses_too()
    {
        var (value, _) = JsonParser.Parse(new SourceText("", """{"password":"p","a":[{"token":5,"x":1}],"auth":{"k":"v"},"url":"jdbc:mysql://h/d?password=p","n":null,"username":null}"""));
        SettingsJson.Compact(Secrets.Masked((SettingsObject)value))
            .ShouldBe("""{"password":"******","a":[{"token":"******","x":1}],"auth":{"k":"******"},"url":"******","n":null,"username":null}""");
    }

    [Theory]
    [InlineData("  password = \"p w\", x = 1", "  password = *****, x = 1")]
    [InlineData("password = abc#d", "password = *****")]
    [InlineData("\"token\" : \"t\",", "\"token\" : ***,")]
    [InlineData("'password' = 'it', 'a' = 'b'", "'password' = ****, 'a' = 'b'")]
    [InlineData("url = \"jdbc:mysql://h/d?user=u&password=p&x=1\"", "url = \"jdbc:mysql://h/d?user=u&password=*&x=1\"")]
    [InlineData("auth = [ \"a\", \"b\" ]", "auth = ************")]
    [InlineData("password = \"open", "password = *****")]
    [InlineData("table = \"t\"", "table = \"t\"")]
    public void A_line_hides_what_follows_secret_keys_and_keeps_its_columns(string line, string shown)
    {
        Secrets.MaskedLine(line).ShouldBe(shown);
        shown.Length.ShouldBe(line.Length);
    }

    [Fact]
    public void A_value_of_a_secret_option_is_in_no_error() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("token", new SettingsScalar("s3cret", ScalarKind.Text))).Message.ShouldNotContain("s3cret");
}
