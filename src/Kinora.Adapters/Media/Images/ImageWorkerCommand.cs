using System.Runtime.InteropServices;

namespace Kinora.Adapters.Media.Images;

/// <summary>How this program starts itself as the worker.</summary>
internal static class ImageWorkerCommand
{
    /// <summary>The hidden command that the Server hands to <see cref="ImageWorker.Run"/>.</summary>
    public const string Name = "image-worker";

    /// <summary>
    /// The runtime in its smallest form. Without W^X it makes no large memory file, which the limit on file size would forbid; without
    /// diagnostics it opens no socket. Large pictures stay in memory, where the limit counts them, and not in files of libvips.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_GCHeapHardLimit"] = "0x4000000",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_ROOT"] = RuntimeRoot(),
        ["VIPS_DISC_THRESHOLD"] = "4g",
    };

    /// <summary>Hosted by <c>dotnet</c>, the program is the library given to it.</summary>
    public static IReadOnlyList<string> OfThisProgram()
    {
        var program = System.Environment.ProcessPath ?? throw new InvalidOperationException("This process has no program file.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.GetFullPath(System.Environment.GetCommandLineArgs()[0]), Name]
            : [program, Name];
    }

    /// <summary>Where the shared runtime lies; harmless when the program brings its own.</summary>
    private static string RuntimeRoot() =>
        System.Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
