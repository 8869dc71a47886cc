using System.Diagnostics;

namespace Kinora.Tests.Media;

/// <summary>The command line of <c>tests/Kinora.ChildHost</c>, which lies beside this program.</summary>
internal static class ChildHost
{
    public static IReadOnlyList<string> Command { get; } = [Dotnet(), Path.Combine(AppContext.BaseDirectory, "Kinora.ChildHost.dll")];

    public static ProcessStartInfo Start(params string[] arguments) => new(Command[0], [Command[1], .. arguments]) { UseShellExecute = false };

    private static string Dotnet() =>
        Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
