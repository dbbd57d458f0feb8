using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>How a database is reached: the same for source and sink (spec connectors.md 7.2, 7.6).</summary>
public static class ConnectionOptions
{
    public static readonly Option<string> Url =
        Option.Text("url").IsRequired().Says("Where the database is, as JDBC writes it: jdbc:postgresql://host:5432/database?currentSchema=sales. Parameters that Chunnel does not know are named in a warning.");

    public static readonly Option<string> Driver =
        Option.Text("driver").Says("Accepted for compatibility: the URL says which driver is used.");

    public static readonly Option<string> User = Option.Text("user").Old("username").Says("Who logs in; the URL's 'user' counts when this is not set.");

    public static readonly Option<string> Password = Option.Text("password").IsSecret().Says("The password.");

    public static readonly Option<IReadOnlyDictionary<string, string>> Properties =
        Option.TextMap("properties").Default(new Dictionary<string, string>()).Says("Parameters of the connection, as they could stand in the URL; these win.");

    public static readonly Option<int> CheckTimeout =
        Option.Int("connection_check_timeout_sec").Default(30).AtLeast(0).Says("Seconds that opening a connection may take; 0 waits without end.");

    public static readonly Option<string> Dialect =
        Option.Text("dialect").Says("Which database it is, where the URL does not tell: Postgres.");

    public static readonly Option<string> CompatibleMode =
        Option.Text("compatible_mode").Says("A mode of the database. PostgreSQL: postgresLow for 9.4 and older, which know no upsert.");

    public static readonly Option<bool> UseKerberos =
        Option.Bool("use_kerberos").Default(false).Says("Log in by Kerberos with the ticket of the machine's user (kinit).");

    public static readonly Option<string> KerberosPrincipal = Option.Text("kerberos_principal").Says("Accepted for compatibility: the ticket names the principal.");

    public static readonly Option<string> KerberosKeytab = Option.Text("kerberos_keytab_path").Says("Accepted for compatibility: run kinit with it before.");

    public static readonly Option<string> Krb5Path = Option.Text("krb5_path").Says("Accepted for compatibility: set KRB5_CONFIG instead.");

    public static readonly IReadOnlyList<OptionDescription> All =
        [Url, Driver, User, Password, Properties, CheckTimeout, Dialect, CompatibleMode, UseKerberos, KerberosPrincipal, KerberosKeytab, Krb5Path];
}
