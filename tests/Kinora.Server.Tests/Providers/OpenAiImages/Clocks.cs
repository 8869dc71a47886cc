using System.Globalization;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>A clock that stands on one day.</summary>
internal sealed class DayClock(string day) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>A clock that is ahead.</summary>
internal sealed class LaterClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}

internal sealed class ClockAlone(TimeProvider clock) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? clock : null;
}
