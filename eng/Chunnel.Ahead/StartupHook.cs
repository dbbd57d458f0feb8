/// <summary>
/// What .NET calls before a program's own start when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the methods that are compiled while
/// the program runs are written into the folder of <c>CHUNNEL_AHEAD</c> when it ends.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("CHUNNEL_AHEAD") is { Length: > 0 } folder
            && Path.GetFileName(Environment.ProcessPath) == "chunnel")
        {
            var compiled = new Chunnel.Ahead.CompiledMethods();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => compiled.Write(Path.Combine(folder, $"{Environment.ProcessId}.txt"));
        }
    }
}
