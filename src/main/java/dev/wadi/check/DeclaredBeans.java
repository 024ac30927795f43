package dev.wadi.check;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.BeanRepository;

/**
 * Beans of which there is a name and a class, and none that does anything: enough for a route to be
 * created. Some are given themselves, since Camel looks for their methods.
 */
final class DeclaredBeans implements BeanRepository {

  private final Map<String, Object> beans;

  /**
   * @param beans classes or objects, by name
   */
  DeclaredBeans(Map<String, Object> beans) {
    this.beans = Map.copyOf(beans);
  }

  @Override
  public Object lookupByName(String name) {
    return beans.get(name);
  }

  @Override
  public <T> T lookupByNameAndType(String name, Class<T> type) {
    Object bean = beans.get(name);
    if (type.isInstance(bean)) {
      return type.cast(bean);
    }
    return bean instanceof Class<?> declared
            && type.isInterface()
            && type.isAssignableFrom(declared)
        ? placeholder(type)
        : null;
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    Map<String, T> found = new LinkedHashMap<>();
    for (String name : beans.keySet()) {
      if (lookupByNameAndType(name, type) != null) {
        found.put(name, lookupByNameAndType(name, type));
      }
    }
    return found;
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return Set.copyOf(findByTypeWithName(type).values());
  }

  private static <T> T placeholder(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "a placeholder of " + type;
                  default ->
                      throw new UnsupportedOperationException(
                          method + " was called, though nothing is started");
                }));
  }
}
