namespace Kinora.Adapters.Media.Vips;

/// <summary>Starts libvips once per process, with little memory and with the fonts that ship beside the program.</summary>
internal static class Vips
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Safe to call from any thread, any number of times.</summary>
    internal static void EnsureStarted() => _ = Started.Value;

    /// <summary>
    /// Leaves only the loaders that are hardened against hostile bytes (JPEG, PNG, WebP …). For the worker process that
    /// decodes foreign images; a process that draws its own SVG must not call it.
    /// </summary>
    internal static void BlockUntrusted()
    {
        EnsureStarted();
        VipsNative.BlockUntrustedSet(true);
    }

    private static bool Start()
    {
        // .NET's own environment is a copy that native getenv never sees, so fontconfig is told through GLib.
        var fonts = Path.Combine(AppContext.BaseDirectory, "native", "fonts", "fonts.conf");
        _ = VipsNative.SetEnv("FONTCONFIG_FILE", fonts, 1);
        _ = VipsNative.SetEnv("FONTCONFIG_PATH", Path.GetDirectoryName(fonts)!, 1);

        if (VipsNative.Init("kinora") != 0)
        {
            throw VipsException.Take("libvips did not start");
        }

        // Every picture here is made once: a cache of operations would only hold memory.
        VipsNative.CacheSetMax(0);
        VipsNative.CacheSetMaxMem(0);
        VipsNative.CacheSetMaxFiles(0);
        VipsNative.ConcurrencySet(Math.Min(2, Environment.ProcessorCount));
        return true;
    }
}
