namespace Kinora.Adapters.Fetch;

/// <summary>
/// The host of an address that somebody else wrote. <see cref="Uri"/> takes letters that can be no name, and throws only when the name is asked for; so
/// would a request to it.
/// </summary>
internal static class AsciiHost
{
    /// <summary>The name as the resolver gets it, an address of version 6 without brackets; null where there can be no such host.</summary>
    public static string? Of(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
