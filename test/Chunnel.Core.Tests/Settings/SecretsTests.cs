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
    [InlineData("password = two words", "password = *********")]
    [InlineData("password = \"\"\"a\"b\"\"\" }", "password = ********* }")]
    [InlineData("password = \"a\\\"b\", x = 1", "password = ******, x = 1")]
    [InlineData("password = \"a\"b${c}\"d\"\n", "password = ***********\n")]
    [InlineData("'password' = 'it''s', 'a' = 'b'", "'password' = *******, 'a' = 'b'")]
    [InlineData("password += x", "password += *")]
    [InlineData("auth { k = \"}\" }, x = 1", "auth ***********, x = 1")]
    [InlineData("auth = { k = \"}\" }, x = 1", "auth = ***********, x = 1")]
    [InlineData("json = \"{\\\"token\\\": \\\"t\\\", \\\"b\\\": 1}\"", "json = \"{\\\"token\\\": *****, \\\"b\\\": 1}\"")]
    [InlineData("uri = \"mongodb://u:p@s@h:1/d\"", "uri = \"mongodb://u:***@h:1/d\"")]
    [InlineData("url = \"jdbc:oracle:thin:u/p@h:1:d\"", "url = \"jdbc:oracle:thin:u/*@h:1:d\"")]
    [InlineData("url = \"http://h:8080/p@x\"", "url = \"http://h:******@x\"")]
    public void A_line_hides_what_follows_secret_keys_and_keeps_its_columns(string line, string shown)
    {
        Secrets.MaskedLine(line).ShouldBe(shown);
        shown.Length.ShouldBe(line.Length);
    }

    /// <summary>A place on one line of a secret that begins on another.</summary>
    [Theory]
    [InlineData("password = [\n  \"s3cret\"\n]")]
    [InlineData("password = \"\"\"one\n  s3cret\n\"\"\"")]
    [InlineData("shade.options = [\"pin\"], pin =\n  s3cret")]
    [InlineData("\"shade.options\": [\"a\", \"pin\"], \"pin\":\n  \"s3cret\"")]
    [InlineData("env { shade { identifier = base64, options = [pin] } }\npin =\n s3cret")]
    public void A_secret_over_several_lines_is_hidden_on_each(string text)
    {
        var source = new SourceText("", text);
        for (var at = 0; at < text.Length; at++) new Problem(CommonErrors.OptionValidateFailed, "wrong") { Where = source.At(at, 1) }.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void What_is_concealed_later_is_hidden_too()
    {
        var where = new SourceText("", "pin = s3cret").At(0, 3);
        where.Conceal("pin");
        new Problem(CommonErrors.OptionValidateFailed, "wrong") { Where = where }.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void Passwords_inside_addresses_and_marked_values_are_hidden()
    {
        var (value, _) = JsonParser.Parse(new SourceText("", """{"uri":"mongodb://u:p@h/d","dsn":"host=h password=p","list":["amqp://u:p@h"],"shade.properties":{"key":"k"},"plain":"a:b@c"}"""));
        var settings = ((SettingsObject)value).With("pin", Secrets.Marked(new SettingsScalar("1234", ScalarKind.Number)));
        SettingsJson.Compact(Secrets.Masked(settings))
            .ShouldBe("""{"uri":"mongodb://u:******@h/d","dsn":"host=h password=******","list":["amqp://u:******@h"],"shade.properties":{"key":"******"},"plain":"a:b@c","pin":"******"}""");
    }

    [Fact]
    public void A_marked_value_is_in_no_error() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("pin", Secrets.Marked(new SettingsScalar("s3cret", ScalarKind.Text)))).Message.ShouldNotContain("s3cret");

    [Fact]
    public void A_value_of_a_secret_option_is_in_no_error() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("token", new SettingsScalar("s3cret", ScalarKind.Text))).Message.ShouldNotContain("s3cret");
}
