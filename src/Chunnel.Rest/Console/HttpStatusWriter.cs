using System.Text.Json;

namespace Chunnel.Rest;

/// <summary>Writes how v2 is reached: what was asked for, and the ports that were found. No secret and no path is in it.</summary>
internal static class HttpStatusWriter
{
    public static void Write(Utf8JsonWriter json, HttpSettings settings, OpenPorts ports)
    {
        json.WriteStartObject();
        json.WriteBoolean("httpEnabled", settings.Enabled);
        json.WriteBoolean("httpsEnabled", settings.Tls is not null);
        json.WriteString("contextPath", settings.ContextPath.Length == 0 ? "/" : settings.ContextPath);
        WritePort(json, "configuredHttpPort", settings.Port);
        WritePort(json, "configuredHttpsPort", settings.Tls?.Port);
        WritePort(json, "httpPort", ports.Http);
        WritePort(json, "httpsPort", ports.Https);
        json.WriteBoolean("dynamicPortEnabled", settings.SearchesPort);
        json.WriteNumber("portRange", settings.PortRange);
        json.WriteBoolean("basicAuthEnabled", settings.BasicAuth is not null);
        json.WriteBoolean("mutualTlsEnabled", settings.Tls is { AsksForCertificates: true });
        json.WriteEndObject();
    }

    private static void WritePort(Utf8JsonWriter json, string name, int? port)
    {
        if (port is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
