using System.Globalization;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The parameters that users of the Java driver put into a URL: those that say something are carried over, those that do nothing here are told.</summary>
internal static class PgParameters
{
    /// <summary>True for parameters that set something of ours; the value must convert.</summary>
    private static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string>> s_set = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = static (_, _) => { },
        ["password"] = static (_, _) => { },
        ["ssl"] = static (to, value) =>
        {
            // The Java driver asks for the whole check when nothing finer is said.
            if (value.Length == 0 || Flag(value)) to.SslMode = SslMode.VerifyFull;
        },
        ["sslmode"] = static (to, value) => to.SslMode = value.ToLowerInvariant() switch
        {
            "disable" => SslMode.Disable,
            "allow" => SslMode.Allow,
            "prefer" => SslMode.Prefer,
            "require" => SslMode.Require,
            "verify-ca" => SslMode.VerifyCA,
            "verify-full" => SslMode.VerifyFull,
            _ => throw new FormatException("disable, allow, prefer, require, verify-ca or verify-full"),
        },
        ["sslrootcert"] = static (to, value) => to.RootCertificate = value,
        ["sslcert"] = static (to, value) => to.SslCertificate = value,
        ["sslkey"] = static (to, value) => to.SslKey = value,
        ["sslpassword"] = static (to, value) => to.SslPassword = value,
        ["connectTimeout"] = static (to, value) => to.Timeout = Seconds(value),
        ["loginTimeout"] = static (to, value) => to.Timeout = Seconds(value),
        ["socketTimeout"] = static (to, value) => to.CommandTimeout = Seconds(value),
        ["tcpKeepAlive"] = static (to, value) => to.TcpKeepAlive = Flag(value),
        ["ApplicationName"] = static (to, value) => to.ApplicationName = value,
        ["currentSchema"] = static (to, value) => to.SearchPath = value,
        ["options"] = static (to, value) => to.Options = value,
        ["gssEncMode"] = static (to, value) => to.GssEncryptionMode = value.ToLowerInvariant() switch
        {
            "disable" or "allow" => GssEncryptionMode.Disable,
            "prefer" => GssEncryptionMode.Prefer,
            "require" => GssEncryptionMode.Require,
            _ => throw new FormatException("disable, allow, prefer or require"),
        },
        ["kerberosServerName"] = static (to, value) => to.KerberosServiceName = value,
        ["loadBalanceHosts"] = static (to, value) => to.LoadBalanceHosts = Flag(value),
        ["targetServerType"] = static (to, value) => to.TargetSessionAttributes = value.ToLowerInvariant() switch
        {
            "any" => "any",
            "primary" or "master" => "primary",
            "secondary" or "slave" => "standby",
            "preferprimary" => "prefer-primary",
            "prefersecondary" or "preferslave" => "prefer-standby",
            _ => throw new FormatException("any, primary, secondary, preferPrimary or preferSecondary"),
        },
        ["receiveBufferSize"] = static (to, value) => to.SocketReceiveBufferSize = Number(value),
        ["sendBufferSize"] = static (to, value) => to.SocketSendBufferSize = Number(value),
    };

    /// <summary>Parameters that only tune what the Java driver does and Chunnel does otherwise: nothing is lost without them.</summary>
    private static readonly HashSet<string> s_needless = new(StringComparer.OrdinalIgnoreCase)
    {
        "reWriteBatchedInserts", "prepareThreshold", "preparedStatementCacheQueries", "preparedStatementCacheSizeMiB", "defaultRowFetchSize", "binaryTransfer",
        "binaryTransferEnable", "binaryTransferDisable", "stringtype", "adaptiveFetch", "adaptiveFetchMinimum", "adaptiveFetchMaximum", "maxResultBuffer", "preferQueryMode",
        "databaseMetadataCacheFields", "databaseMetadataCacheFieldsMiB", "disableColumnSanitiser", "assumeMinServerVersion", "autosave", "cleanupSavepoints",
        "logUnclosedConnections", "loggerLevel", "loggerFile", "logServerErrorDetail", "allowEncodingChanges", "hostRecheckSeconds", "unknownLength", "jaasLogin",
        "useUnicode", "characterEncoding", "charSet",
    };

    /// <summary>Warns of what does nothing here, refuses what cannot be.</summary>
    public static IEnumerable<Problem> Check(JdbcUrl url, TextPosition where)
    {
        foreach (var (name, value) in url.Parameters)
        {
            if (s_needless.Contains(name)) continue;
            if (!s_set.TryGetValue(name, out var set))
            {
                var near = Nearest.To(name, s_set.Keys);
                yield return new Problem(CommonErrors.OptionValidateFailed, $"The connection parameter '{name}' is ignored: Chunnel does not know it.")
                {
                    Severity = Severity.Warning,
                    Where = where,
                    Mend = near is null ? "Take it out, or set what it means with 'options=-c name=value'." : $"Did you mean '{near}'?",
                };
                continue;
            }
            if (WrongWith(set, value) is { } wrong) yield return new Problem(CommonErrors.OptionValidateFailed, $"The connection parameter '{name}' has a value that it cannot have: {wrong}.") { Where = where };
        }
    }

    /// <summary>Carries the parameters over.</summary>
    public static void Apply(JdbcUrl url, NpgsqlConnectionStringBuilder to)
    {
        foreach (var (name, value) in url.Parameters)
        {
            if (s_set.TryGetValue(name, out var set)) set(to, value);
        }
    }

    private static string? WrongWith(Action<NpgsqlConnectionStringBuilder, string> set, string value)
    {
        try
        {
            set(new NpgsqlConnectionStringBuilder(), value);
            return null;
        }
        catch (FormatException wrong)
        {
            return $"it takes {wrong.Message}";
        }
        catch (ArgumentException)
        {
            return "it is out of range";
        }
    }

    private static bool Flag(string value) => value.ToLowerInvariant() switch
    {
        "true" or "on" or "1" or "yes" => true,
        "false" or "off" or "0" or "no" => false,
        _ => throw new FormatException("true or false"),
    };

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("a whole number");

    /// <summary>The Java driver's 0 waits without end, as ours does.</summary>
    private static int Seconds(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("a number of seconds");
}
