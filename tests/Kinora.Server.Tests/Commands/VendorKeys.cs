using System.Diagnostics;
using Kinora.Adapters.Providers;

namespace Kinora.Server.Tests.Commands;

/// <summary>Whoever runs the tests may have keys of real vendors in the environment: no program that a test starts gets them.</summary>
internal static class VendorKeys
{
    public static void RemoveFrom(ProcessStartInfo start)
    {
        foreach (var name in ProviderConfiguration.Modules.Values.SelectMany(module => module.Environment.ApiKey.Concat(module.Environment.BaseUrl)))
        {
            start.Environment.Remove(name);
        }
    }
}
