using Kinora.Configuration;
using Kinora.Server.Api;
using Kinora.Server.Configuration;
using Kinora.Tests.Media;

namespace Kinora.Server.Tests.Api;

/// <summary>The operations of the product, for tests that only read them: nothing is opened.</summary>
internal static class RouteTable
{
    public static IReadOnlyList<ApiOperation> Operations { get; } = Read();

    private static IReadOnlyList<ApiOperation> Read()
    {
        using var folder = new TempFolder();
        using var host = KinoraHost.Open(new KinoraConfiguration(new DataFolder(folder.Path), new ConfigurationBuilder().Build(), new Dictionary<string, string>()));
        return new ApiSurface(host.Services).Operations;
    }
}
