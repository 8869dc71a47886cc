namespace Kinora.Adapters.Providers.Tasks;

/// <summary>A request cannot be said in a vendor's words. Nothing was sent.</summary>
/// <param name="reason">Goes on behind the provider's name: "takes no pictures over 5 MB."</param>
internal sealed class UnsayableException(string reason) : Exception(reason);
