namespace Kinora.Server.Tests.Providers;

/// <summary>For modules that need none.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static readonly NoServices Instance = new();

    public object? GetService(Type serviceType) => null;
}
